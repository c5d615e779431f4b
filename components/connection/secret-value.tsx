'use client';

import { Eye, EyeOff } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { ConnectionItem } from './connection-value.tsx';
import type { Secret } from './use-secret.ts';

export const maskedSecret = '•'.repeat(20);

type SecretValueProps = {
  secret: Secret;
  /** Why the user may not see it, or null. */
  blockedReason: string | null;
};

export function SecretValue({ secret, blockedReason }: SecretValueProps) {
  const isShown = secret.shown !== null;
  return (
    <ConnectionItem
      label="AWS Secret Key"
      description={
        secret.error ? (
          <span role="alert" className="text-danger">
            The secret could not be read. {secret.error.message}
          </span>
        ) : undefined
      }
    >
      <code className="min-w-0 flex-1 font-mono text-xs break-all">
        {isShown ? (
          <span className="select-all">{secret.shown}</span>
        ) : (
          <>
            <span aria-hidden className="block truncate text-muted-foreground">
              {maskedSecret}
            </span>
            <span className="sr-only">Hidden</span>
          </>
        )}
      </code>
      <Button
        variant="ghost"
        size="sm"
        pending={secret.isRevealing}
        disabledReason={blockedReason}
        aria-label={isShown ? 'Hide AWS Secret Key' : 'Reveal AWS Secret Key'}
        onClick={isShown ? secret.hide : secret.reveal}
      >
        {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        {/* As wide in one state as in the other. */}
        <span className="grid justify-items-start">
          <span className="invisible col-start-1 row-start-1">Reveal</span>
          <span className="col-start-1 row-start-1">{isShown ? 'Hide' : 'Reveal'}</span>
        </span>
      </Button>
      {blockedReason === null && <CopyButton text={secret.fetch} label="Copy AWS Secret Key" />}
      <span role="status" className="sr-only">
        {isShown
          ? 'The secret is shown. It hides again after 30 seconds.'
          : 'The secret is hidden.'}
      </span>
    </ConnectionItem>
  );
}
