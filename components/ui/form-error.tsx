'use client';

import { Callout } from './callout.tsx';
import { RequestId } from './error-state.tsx';

/** What a request failed with, at the top of its form, unless every fault has landed on a field. */
export function FormError({ error, hidden = false }: { error: Error | null; hidden?: boolean }) {
  if (error === null || hidden) return null;
  return (
    <Callout tone="danger" role="alert" title={error.message}>
      <RequestId error={error} />
    </Callout>
  );
}
