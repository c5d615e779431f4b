'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDateTime, formatDuration } from '#components/format.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { CredentialResponse } from '#lib/contracts/credentials.ts';
import { connectionKeys, endCredential } from '#lib/queries/connection.ts';

type PreviousKeysProps = {
  tableId: number;
  credentials: readonly CredentialResponse[];
  blockedReason: string | null;
};

/** Keys that a rotation left valid for a while. */
export function PreviousKeys({ tableId, credentials, blockedReason }: PreviousKeysProps) {
  return (
    <section aria-labelledby="previous-keys" className="flex flex-col gap-2">
      <h3 id="previous-keys" className="text-sm">
        Previous keys, still valid
      </h3>
      <ul className="divide-y rounded-md border">
        {credentials.map((credential) => (
          <PreviousKey
            key={credential.id}
            tableId={tableId}
            credential={credential}
            blockedReason={blockedReason}
          />
        ))}
      </ul>
    </section>
  );
}

type PreviousKeyProps = {
  tableId: number;
  credential: CredentialResponse;
  blockedReason: string | null;
};

function PreviousKey({ tableId, credential, blockedReason }: PreviousKeyProps) {
  const [isConfirming, setConfirming] = useState(false);
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => endCredential(credential.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: connectionKeys.detail(tableId) });
      toast.success(`Key ${credential.accessKeyId} has ended`);
      setConfirming(false);
    },
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2">
      <div className="flex min-w-0 flex-col">
        <code className="font-mono text-sm break-all">{credential.accessKeyId}</code>
        <p className="text-xs text-muted-foreground">
          {credential.expiresAt !== null && (
            <span suppressHydrationWarning>Ends {describeEnd(credential.expiresAt)}. </span>
          )}
          {credential.lastUsedAt === null ? (
            'Never used.'
          ) : (
            <>
              Last used <RelativeTime date={credential.lastUsedAt} />.
            </>
          )}
        </p>
      </div>
      <Button
        size="sm"
        disabledReason={blockedReason}
        aria-label={`End key ${credential.accessKeyId} now`}
        onClick={() => {
          setConfirming(true);
        }}
      >
        End now
      </Button>
      <AlertDialog
        open={isConfirming}
        onOpenChange={setConfirming}
        title={`End key ${credential.accessKeyId} now`}
        actionLabel="End key now"
        pending={isPending}
        onAction={() => {
          mutate();
        }}
      >
        <FormError error={error} />
        <p>
          Clients that still use this key can no longer upload to the table. This cannot be undone;
          the current key is not touched.
        </p>
      </AlertDialog>
    </li>
  );
}

function describeEnd(expiresAt: string): string {
  const end = new Date(expiresAt);
  const left = end.getTime() - Date.now();
  return left > 0 ? `in ${formatDuration(left)} (${formatDateTime(end, 'UTC')})` : 'about now';
}
