import { CircleCheck, Clock } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { assertNever } from '#lib/core/assert-never.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { InterruptedTransfer } from './interrupted-transfer.tsx';
import type { QueuedFile } from './queued-file.ts';
import { RefusedFile } from './refused-file.tsx';
import { SentUpload } from './sent-upload.tsx';
import { transferQueue } from './transfer-queue.ts';
import { PausedProgress, TransferProgress } from './transfer-progress.tsx';

type TransferStateProps = { queued: QueuedFile; onRetry: () => void };

export function TransferState({ queued, onRetry }: TransferStateProps) {
  const { id, tableId, step } = queued;
  switch (step.kind) {
    case 'checking':
      return <Waiting icon={<Spinner />}>Checking the file</Waiting>;
    case 'refused':
      return <RefusedFile fault={step.fault} tableId={tableId} onRetry={onRetry} />;
    case 'waiting':
      return (
        <Waiting icon={<Clock aria-hidden className="size-4" />}>
          Waiting for the files before it
        </Waiting>
      );
    case 'sending':
      return (
        <Phases
          transfer={<TransferProgress queued={queued} step={step} />}
          processing={<Later />}
        />
      );
    case 'paused':
      return <Phases transfer={<PausedProgress queued={queued} />} processing={<Later />} />;
    case 'interrupted':
      return <InterruptedTransfer queued={queued} problem={step.problem} />;
    case 'broken':
      return (
        <Callout
          tone="danger"
          role="alert"
          title="The transfer stopped"
          actions={
            <Button size="sm" onClick={() => void transferQueue.resume(id)}>
              Retry
            </Button>
          }
        >
          {step.message} Nothing is lost: a retry goes on where it stopped.
        </Callout>
      );
    case 'cancelled':
      return (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p role="status" className="text-sm text-muted-foreground">
            Cancelled. Nothing of the file was stored.
          </p>
          <Button size="sm" onClick={onRetry}>
            Send again
          </Button>
        </div>
      );
    case 'sent':
      return (
        <Phases
          transfer={
            <p className="flex items-center gap-1.5 text-sm">
              <CircleCheck aria-hidden className="size-4 text-success" />
              Sent
            </p>
          }
          processing={
            step.uploadId === null ? (
              <Arrived tableId={tableId} />
            ) : (
              <SentUpload id={step.uploadId} />
            )
          }
        />
      );
    default:
      return assertNever(step);
  }
}

function Waiting({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-muted-foreground">
      {icon}
      {children}
    </p>
  );
}

function Later() {
  return <p className="text-sm text-muted-foreground">Begins after the transfer</p>;
}

function Arrived({ tableId }: { tableId: number }) {
  return (
    <p className="text-sm text-muted-foreground">
      The file has arrived. See the{' '}
      <Link
        href={`/attributes/${tableId}/history`}
        className="font-medium text-brand underline underline-offset-4"
      >
        Upload History
      </Link>
      .
    </p>
  );
}

function Phases({ transfer, processing }: { transfer: ReactNode; processing: ReactNode }) {
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[6rem_1fr] sm:gap-y-3">
      <dt className="text-xs leading-5 font-medium text-muted-foreground">1. Transfer</dt>
      <dd className="min-w-0">{transfer}</dd>
      <dt className="text-xs leading-5 font-medium text-muted-foreground">2. Processing</dt>
      <dd className="min-w-0">{processing}</dd>
    </dl>
  );
}
