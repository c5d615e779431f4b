'use client';

import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { RequestId } from './error-state.tsx';

type RefreshErrorProps = { error: Error; onRetry: () => void; isRetrying: boolean };

/** Above data that loaded earlier and could not be refreshed now. */
export function RefreshError({ error, onRetry, isRetrying }: RefreshErrorProps) {
  return (
    <Callout
      tone="warning"
      role="status"
      title="This may be out of date"
      actions={
        <Button size="sm" onClick={onRetry} pending={isRetrying}>
          Retry
        </Button>
      }
    >
      {error.message} <RequestId error={error} />
    </Callout>
  );
}
