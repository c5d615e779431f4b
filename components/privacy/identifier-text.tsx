import { ExactText } from '#components/ui/exact-text.tsx';
import type { PrivacyRequestSummary } from '#lib/contracts/privacy-requests.ts';

/** Whom the request is about, as long as it knows. */
export function IdentifierText({ request }: { request: PrivacyRequestSummary }) {
  return request.identifier === null ? (
    <span className="text-muted-foreground">ID no longer kept</span>
  ) : (
    <ExactText text={request.identifier} className="font-mono text-xs" />
  );
}
