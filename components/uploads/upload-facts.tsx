import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { formatBytes, formatNumber } from '#components/format.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { SourceLabel } from './source-label.tsx';
import { UploadDuration } from './upload-duration.tsx';

/** Where the file came from and when what happened to it. */
export function UploadFacts({ upload }: { upload: UploadResponse }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm lg:grid-cols-4">
      <Fact label="Table">
        <Link
          href={`/attributes/${upload.tableId}`}
          className="rounded-sm font-medium text-brand underline-offset-4 hover:underline"
        >
          {upload.tableName}
        </Link>
      </Fact>
      <Fact label="Source">
        <SourceLabel source={upload.source} />
      </Fact>
      <Fact label={upload.source === 's3' ? 'Access key' : 'Uploaded by'}>
        <span className={cn('wrap-anywhere', upload.source === 's3' && 'font-mono text-xs')}>
          {upload.uploadedBy}
        </span>
      </Fact>
      <Fact label="Size">
        <span title={`${formatNumber(upload.sizeBytes)} bytes`}>
          {formatBytes(upload.sizeBytes)}
        </span>
      </Fact>
      <Fact label="Received">
        <RelativeTime date={upload.createdAt} />
      </Fact>
      <Fact label="Started">
        <TimeOrDash date={upload.startedAt} />
      </Fact>
      <Fact label="Finished">
        <TimeOrDash date={upload.finishedAt} />
      </Fact>
      <Fact label="Duration">
        <UploadDuration upload={upload} />
      </Fact>
      <Fact label="Order in its table" className="max-sm:col-span-2">
        No. {formatNumber(upload.sequence)}{' '}
        <span className="text-muted-foreground">(files apply in this order)</span>
      </Fact>
      <Fact label="S3 key" className="col-span-2 sm:col-span-1 lg:col-span-3">
        <span className="flex items-center gap-1">
          <code className="min-w-0 font-mono text-xs wrap-anywhere">{upload.key}</code>
          <CopyButton text={upload.key} label="Copy S3 key" size="inline" />
        </span>
      </Fact>
    </dl>
  );
}

type FactProps = { label: string; children: ReactNode; className?: string };

function Fact({ label, children, className }: FactProps) {
  return (
    <div className={className}>
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function TimeOrDash({ date }: { date: string | null }) {
  return date === null ? (
    <span className="text-muted-foreground">–</span>
  ) : (
    <RelativeTime date={date} />
  );
}
