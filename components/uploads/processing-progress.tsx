import { cn } from '#components/cn.ts';
import { formatCount, formatNumber, formatTimeLeft } from '#components/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import type { UploadSummary } from '#lib/contracts/uploads.ts';
import { processedPercent } from './processed-percent.ts';

type ProcessingProgressProps = {
  upload: UploadSummary;
  /** Without the counts, where they stand beside it. */
  isBrief?: boolean;
  className?: string;
};

/** The import of a file while a worker is at it: how far, how fast, how much longer. */
export function ProcessingProgress({
  upload,
  isBrief = false,
  className,
}: ProcessingProgressProps) {
  const percent = processedPercent(upload);
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-center gap-2">
        <Progress
          label={`Processing ${upload.fileName}`}
          value={percent}
          valueText={`${Math.floor(percent)} %, ${formatCount(upload.rowsRead, 'row')} read`}
        />
        <span
          aria-hidden
          className="w-10 shrink-0 text-right text-xs whitespace-nowrap tabular-nums"
        >
          {Math.floor(percent)} %
        </span>
      </div>
      <p className="text-xs text-muted-foreground tabular-nums">
        {[...(isBrief ? [] : describeCounts(upload)), ...describeSpeed(upload)].join(' · ')}
      </p>
    </div>
  );
}

function describeCounts({ rowsRead, rowsRejected }: UploadSummary): string[] {
  return [`${formatCount(rowsRead, 'row')} read`, `${formatNumber(rowsRejected)} rejected`];
}

function describeSpeed({ rowsPerSecond, secondsLeft }: UploadSummary): string[] {
  return [
    rowsPerSecond === null ? null : `${formatNumber(rowsPerSecond)} rows/s`,
    secondsLeft === null ? null : formatTimeLeft(secondsLeft),
  ].filter((part) => part !== null);
}
