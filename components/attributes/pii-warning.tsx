'use client';

import { Callout } from '#components/ui/callout.tsx';
import { looksLikePii } from '#lib/core/datatypes/pii.ts';

/** A warning, never a refusal: it only knows the name. */
export function PiiWarning({ name }: { name: string }) {
  const suspicion = looksLikePii(name);
  if (suspicion === null) return null;
  return (
    <Callout tone="warning" role="status" title={suspicion}>
      Customer profiles must not hold personally identifiable information. Use a value that does not
      identify a person, such as a hash, a flag or a group.
    </Callout>
  );
}
