'use client';

import { FileText, Pause, Play, X } from 'lucide-react';
import { formatBytes } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { CheckOnlyBadge } from '#components/uploads/check-only-badge.tsx';
import { isCancellable, isPausable, type QueuedFile } from './queued-file.ts';
import { transferQueue } from './transfer-queue.ts';
import { TransferState } from './transfer-state.tsx';

type TransferItemProps = {
  queued: QueuedFile;
  /** Checks the file again and sends it from the start. */
  onRetry: () => void;
};

/** One chosen file: first its transfer, then, apart from it, its processing. */
export function TransferItem({ queued, onRetry }: TransferItemProps) {
  const { id, name, step } = queued;
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex items-center gap-x-2 gap-y-1 max-sm:flex-wrap">
        <FileText
          aria-hidden
          className="size-4 shrink-0 text-muted-foreground max-sm:mt-0.5 max-sm:self-start"
        />
        <p
          title={name}
          className="min-w-0 text-sm font-medium wrap-anywhere max-sm:w-[calc(100%-1.5rem)] sm:truncate"
        >
          {name}
        </p>
        <p className="flex-1 text-sm whitespace-nowrap text-muted-foreground tabular-nums max-sm:ml-6">
          {formatBytes(queued.sizeBytes)}
        </p>
        {queued.checkOnly && <CheckOnlyBadge />}
        {(isPausable(queued) || step.kind === 'paused') && <PauseButton queued={queued} />}
        {isCancellable(queued) ? (
          <Button
            key="end"
            size="sm"
            aria-label={`Cancel ${name}`}
            onClick={() => {
              transferQueue.cancel(id);
            }}
          >
            Cancel
          </Button>
        ) : (
          step.kind !== 'sending' &&
          step.kind !== 'checking' && (
            <Button
              key="end"
              size="icon-sm"
              variant="ghost"
              aria-label={`Remove ${name} from this list`}
              onClick={() => {
                transferQueue.dismiss(id);
              }}
            >
              <X aria-hidden />
            </Button>
          )
        )}
      </div>
      <TransferState queued={queued} onRetry={onRetry} />
    </li>
  );
}

/** One button for both, so that focus stays on it. */
function PauseButton({ queued: { id, name, step } }: { queued: QueuedFile }) {
  const isPaused = step.kind === 'paused';
  const word = isPaused ? 'Resume' : 'Pause';
  const Icon = isPaused ? Play : Pause;
  return (
    <Button
      size="sm"
      aria-label={`${word} ${name}`}
      onClick={() => {
        if (isPaused) void transferQueue.resume(id);
        else transferQueue.pause(id);
      }}
    >
      <Icon aria-hidden className="max-sm:hidden" />
      {word}
    </Button>
  );
}
