'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, PlugZap } from 'lucide-react';
import { formatDuration } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { connectionKeys, testConnection } from '#lib/queries/connection.ts';

type TestConnectionProps = { tableId: number; blockedReason: string | null };

/** Signs in to the S3 endpoint with the table's key, as any client would. */
export function TestConnection({ tableId, blockedReason }: TestConnectionProps) {
  const queryClient = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => testConnection(tableId),
    // The test is a use of the key.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: connectionKeys.detail(tableId) }),
  });
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
      <Button
        pending={isPending}
        disabledReason={blockedReason}
        onClick={() => {
          mutate();
        }}
      >
        <PlugZap aria-hidden />
        Test connection
      </Button>
      <p role="status" className="flex min-w-0 flex-1 basis-56 items-start gap-1.5 text-sm">
        {!isPending && data && (
          <TestResult
            isOk={data.ok}
            message={`${data.message} (${formatDuration(data.milliseconds)})`}
          />
        )}
        {!isPending && error && <TestResult isOk={false} message={error.message} />}
      </p>
    </div>
  );
}

function TestResult({ isOk, message }: { isOk: boolean; message: string }) {
  const Icon = isOk ? CircleCheck : CircleX;
  return (
    <>
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${isOk ? 'text-success' : 'text-danger'}`}
      />
      <span className="min-w-0 wrap-break-word">{message}</span>
    </>
  );
}
