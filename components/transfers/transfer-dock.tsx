'use client';

import { CircleAlert, Pause, Play } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { formatCount } from '#components/format.ts';
import { useSession } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { describeInBrief } from './describe-in-brief.ts';
import { isPausable, isStopped, isUnderWay, type QueuedFile } from './queued-file.ts';
import { percentOf } from './transfer-progress.tsx';
import { transferQueue } from './transfer-queue.ts';
import { useDropGuard } from './use-drop-guard.ts';
import { useTransfers } from './use-transfers.ts';

/** What is on its way, on every page but the one that shows it anyway. */
export function TransferDock() {
  const { id: userId } = useSession();
  const pathname = usePathname();
  useDropGuard();
  // What earlier pages left unfinished is in the browser's storage, the external system.
  useEffect(() => {
    void transferQueue.open(userId);
  }, [userId]);

  const files = useTransfers().filter(
    (file) => needsAttention(file) && pathname !== uploadPageOf(file),
  );
  const shown = files.find(({ step }) => step.kind === 'sending') ?? files[0];
  if (!shown) return null;
  return (
    <section
      aria-label="File transfers"
      data-transfer-dock
      className="sticky bottom-4 z-20 mx-4 mt-auto mb-4 flex flex-col gap-1.5 self-end rounded-lg border bg-popover p-3 shadow-lg max-sm:self-stretch sm:mx-6 sm:w-84 print:hidden"
    >
      <DockedFile file={shown} />
      {files.length > 1 && (
        <p className="text-xs text-muted-foreground">
          and {formatCount(files.length - 1, 'other file')}
        </p>
      )}
    </section>
  );
}

function DockedFile({ file }: { file: QueuedFile }) {
  const { id, name, tableName, step, sizeBytes, arrivedBytes } = file;
  const isPaused = step.kind === 'paused';
  const word = isPaused ? 'Resume' : 'Pause';
  const Icon = isPaused ? Play : Pause;
  const bytes = step.kind === 'sending' ? step.sentBytes : arrivedBytes;
  const isHalted = isStopped(file) || step.kind === 'refused';
  return (
    <>
      <div className="flex items-center gap-2">
        {isHalted && !isPaused && (
          <CircleAlert aria-hidden className="size-4 shrink-0 text-warning" />
        )}
        <Link
          href={uploadPageOf(file)}
          title={name}
          className="min-w-0 flex-1 truncate rounded-sm text-sm font-medium underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        {(isPausable(file) || isPaused) && (
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={`${word} ${name}`}
            onClick={() => {
              if (isPaused) void transferQueue.resume(id);
              else transferQueue.pause(id);
            }}
          >
            <Icon aria-hidden />
          </Button>
        )}
      </div>
      {step.kind !== 'refused' && (
        <Progress
          label={`Transferring ${name}`}
          value={percentOf(bytes, sizeBytes)}
          valueText={`${Math.floor(percentOf(bytes, sizeBytes))} %`}
          tone={isHalted ? 'neutral' : 'brand'}
        />
      )}
      <p className="text-xs text-muted-foreground tabular-nums">
        {describeInBrief(file)} · {tableName}
      </p>
      <span role="status" className="sr-only">
        {step.kind === 'sending' && step.trouble === null
          ? ''
          : `${name}: ${describeInBrief(file)}`}
      </span>
    </>
  );
}

function needsAttention(file: QueuedFile): boolean {
  return isUnderWay(file) || isStopped(file) || file.step.kind === 'refused';
}

function uploadPageOf({ tableId }: QueuedFile): string {
  return `/attributes/${tableId}/upload`;
}
