import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { formatBytes, formatNumber } from '#components/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { UploadStateBadge } from '#components/ui/upload-state-badge.tsx';
import type { UploadSummary } from '#lib/contracts/uploads.ts';
import { CheckOnlyBadge } from './check-only-badge.tsx';
import { describeCancelledBriefly } from './outcome.ts';
import { ProcessingProgress } from './processing-progress.tsx';
import { SourceLabel } from './source-label.tsx';
import { UploadDuration } from './upload-duration.tsx';

type UploadRowProps = { upload: UploadSummary; showsTable: boolean };

export function UploadRow({ upload, showsTable }: UploadRowProps) {
  return (
    <TableRow>
      <TableCell isTitle className="as-rows:w-full as-rows:max-w-0 as-rows:min-w-58">
        <Link
          href={`/uploads/${upload.id}`}
          title={upload.key}
          className="block truncate rounded-sm font-medium underline-offset-4 hover:underline"
        >
          {upload.fileName}
        </Link>
        <span className="text-xs whitespace-nowrap text-muted-foreground tabular-nums">
          No. {formatNumber(upload.sequence)} · {formatBytes(upload.sizeBytes)} ·{' '}
          <RelativeTime date={upload.createdAt} />
        </span>
      </TableCell>
      <TableCell className="as-cards:flex-col as-cards:items-stretch as-cards:gap-1 as-cards:pb-1 as-rows:w-56 as-rows:min-w-44">
        <span className="flex flex-wrap gap-1">
          <UploadStateBadge state={upload.state} />
          {upload.checkOnly && <CheckOnlyBadge />}
        </span>
        <UploadRowDetail upload={upload} />
      </TableCell>
      {showsTable && (
        <TableCell label="Table" className="as-rows:max-w-36">
          <Link
            href={`/attributes/${upload.tableId}`}
            className="block truncate rounded-sm underline-offset-4 hover:underline"
          >
            {upload.tableName}
          </Link>
        </TableCell>
      )}
      <TableCell label="Source" className="as-rows:max-w-32 as-narrow-rows:hidden">
        <SourceLabel source={upload.source} />
        <span
          className={cn(
            'block truncate text-xs text-muted-foreground',
            upload.source === 's3' && 'font-mono',
          )}
          title={upload.uploadedBy}
        >
          {upload.uploadedBy}
        </span>
      </TableCell>
      <TableCell label="Rows accepted" align="end">
        {formatNumber(upload.rowsAccepted)}
      </TableCell>
      <TableCell label="Rows rejected" align="end">
        <span className={upload.rowsRejected > 0 ? 'font-medium text-warning' : ''}>
          {formatNumber(upload.rowsRejected)}
        </span>
      </TableCell>
      <TableCell label="Duration" align="end" className="whitespace-nowrap">
        <UploadDuration upload={upload} />
      </TableCell>
    </TableRow>
  );
}

function UploadRowDetail({ upload }: { upload: UploadSummary }) {
  if (upload.state === 'processing')
    return <ProcessingProgress upload={upload} isBrief className="mt-1" />;
  const detail = describeEnd(upload);
  if (detail === null) return null;
  return (
    <p className="mt-0.5 line-clamp-2 text-xs text-pretty wrap-break-word text-muted-foreground">
      {detail}
    </p>
  );
}

function describeEnd(upload: UploadSummary): string | null {
  if (upload.state === 'cancelled') return describeCancelledBriefly(upload);
  return upload.state === 'failed' ? (upload.error?.message ?? null) : null;
}
