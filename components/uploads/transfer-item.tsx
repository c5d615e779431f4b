'use client';

import { CircleCheck, Clock, FileText, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatBytes } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { FileFault } from './check-file.ts';
import { isCancellable, isUnderWay, type QueuedFile } from './queued-file.ts';
import { SentUpload } from './sent-upload.tsx';
import { TransferProgress } from './transfer-progress.tsx';

type TransferItemProps = {
  queued: QueuedFile;
  tableId: number;
  onCancel: () => void;
  onRetry: () => void;
  onDismiss: () => void;
};

/** One chosen file: first its transfer, then, apart from it, its processing. */
export function TransferItem({ queued, tableId, onCancel, onRetry, onDismiss }: TransferItemProps) {
  const { file } = queued;
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex items-center gap-2">
        <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <p className="min-w-0 flex-1 truncate text-sm font-medium" title={file.name}>
          {file.name}
          <span className="ml-2 font-normal text-muted-foreground tabular-nums">
            {formatBytes(file.size)}
          </span>
        </p>
        {isCancellable(queued) && (
          <Button size="sm" aria-label={`Cancel ${file.name}`} onClick={onCancel}>
            Cancel
          </Button>
        )}
        {!isUnderWay(queued) && (
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={`Remove ${file.name} from this list`}
            onClick={onDismiss}
          >
            <X aria-hidden />
          </Button>
        )}
      </div>
      <TransferState queued={queued} tableId={tableId} onRetry={onRetry} />
    </li>
  );
}

type TransferStateProps = Pick<TransferItemProps, 'queued' | 'tableId' | 'onRetry'>;

function TransferState({ queued: { file, step }, tableId, onRetry }: TransferStateProps) {
  switch (step.kind) {
    case 'checking':
      return <Waiting icon={<Spinner />}>Checking the header</Waiting>;
    case 'refused':
      return <Refusal fault={step.fault} tableId={tableId} onRetry={onRetry} />;
    case 'waiting':
      return (
        <Waiting icon={<Clock aria-hidden className="size-4" />}>
          Waiting for the files before it
        </Waiting>
      );
    case 'sending':
      return (
        <Phases
          transfer={<TransferProgress file={file} step={step} />}
          processing={<p className="text-sm text-muted-foreground">Begins after the transfer</p>}
        />
      );
    case 'broken':
      return (
        <Callout
          tone="danger"
          role="alert"
          title="The transfer did not succeed"
          actions={
            <Button size="sm" onClick={onRetry}>
              Retry
            </Button>
          }
        >
          {step.message}
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
            ) : (
              <SentUpload id={step.uploadId} />
            )
          }
        />
      );
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

type RefusalProps = { fault: FileFault; tableId: number; onRetry: () => void };

function Refusal({ fault, tableId, onRetry }: RefusalProps) {
  return (
    <div className="flex flex-col gap-2">
      <Callout tone="danger" role="alert" title="Not sent: the file would fail as a whole">
        {fault.message}
      </Callout>
      <div className="flex flex-wrap gap-2">
        <NextStep code={fault.code} tableId={tableId} />
        <Button size="sm" onClick={onRetry}>
          Check again
        </Button>
      </div>
    </div>
  );
}

function NextStep({ code, tableId }: { code: string; tableId: number }) {
  if (code === 'header-unknown-column' || code === 'header-archived-attribute') {
    return (
      <ButtonLink size="sm" href={`/attributes/${tableId}`}>
        Go to attributes
      </ButtonLink>
    );
  }
  if (code.startsWith('header-')) {
    return (
      <a
        href={`/api/tables/${tableId}/template.csv`}
        download
        className={buttonStyles({ size: 'sm' })}
      >
        Download template
      </a>
    );
  }
  return null;
}
