import { Callout } from '#components/ui/callout.tsx';

/** The rule of the profile terms, wherever people are about to describe what they will send. */
export function PiiNotice() {
  return (
    <Callout tone="neutral" title="No personal data">
      Do not send names, email addresses, phone or social security numbers or the like. Customer IDs
      must not identify a person either: use a random or hashed ID.
    </Callout>
  );
}
