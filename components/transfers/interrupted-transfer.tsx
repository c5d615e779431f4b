'use client';

import { useRef } from 'react';
import { formatBytes } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { acceptedExtensions } from '#components/uploads/check-file.ts';
import { canPickHandles, pickFiles, readInput, type ChosenFile } from './chosen-file.ts';
import type { QueuedFile } from './queued-file.ts';
import { transferQueue } from './transfer-queue.ts';

type InterruptedTransferProps = {
  queued: QueuedFile;
  /** Why the file that was chosen will not do; null before one was. */
  problem: string | null;
};

/** A transfer that a reload or a closed page broke off. A page may not read a file again unless it is given it. */
export function InterruptedTransfer({ queued, problem }: InterruptedTransferProps) {
  const { id, name, handle, arrivedBytes, sizeBytes } = queued;
  const input = useRef<HTMLInputElement>(null);

  function provide([chosen]: readonly ChosenFile[]) {
    if (chosen) void transferQueue.provide(id, chosen);
  }

  function choose() {
    if (!canPickHandles()) input.current?.click();
    else void pickFiles({ multiple: false, extensions: acceptedExtensions }).then(provide);
  }

  const action = handle === null ? 'Choose file' : 'Resume';
  return (
    <Callout
      tone="warning"
      role="status"
      title={`Interrupted at ${formatBytes(arrivedBytes)} of ${formatBytes(sizeBytes)}`}
      actions={
        <>
          <Button
            size="sm"
            aria-label={`${action} ${name}`}
            onClick={() => {
              if (handle === null) choose();
              else void transferQueue.resume(id);
            }}
          >
            {action}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={`File ${name}`}
            accept={acceptedExtensions.join(',')}
            onChange={(event) => {
              provide(readInput(event.target.files));
              event.target.value = '';
            }}
          />
        </>
      }
    >
      {problem ?? describe(handle !== null)}
    </Callout>
  );
}

function describe(hasHandle: boolean): string {
  return hasHandle
    ? 'The page was closed before the whole file was sent. Resume to send the rest.'
    : 'The page was closed before the whole file was sent. Choose the same file again, or drop it above, to send the rest.';
}
