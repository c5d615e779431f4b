import { formatBytes, formatDuration } from '#components/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import { announceTenth } from './announcements.ts';
import type { TransferStep } from './queued-file.ts';

type TransferProgressProps = {
  file: File;
  step: Extract<TransferStep, { kind: 'sending' }>;
};

/** Bytes on their way from the browser to the S3 endpoint. */
export function TransferProgress({ file, step }: TransferProgressProps) {
  const isAllSent = step.sentBytes >= file.size;
  const percent = file.size === 0 ? 100 : (step.sentBytes / file.size) * 100;
  const ofAll = `${formatBytes(step.sentBytes)} of ${formatBytes(file.size)}`;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-2">
        <Progress label={`Transferring ${file.name}`} value={percent} valueText={ofAll} />
        <span aria-hidden className="w-9 shrink-0 text-right text-xs tabular-nums">
          {Math.floor(percent)} %
        </span>
      </div>
      <p className="text-xs text-muted-foreground tabular-nums">
        {isAllSent ? `${ofAll} · being stored` : [ofAll, ...describeSpeed(step)].join(' · ')}
      </p>
      <span role="status" className="sr-only">
        {announceTenth(`${file.name}, transfer`, percent)}
      </span>
    </div>
  );
}

function describeSpeed({ bytesPerSecond, secondsLeft }: TransferProgressProps['step']): string[] {
  return [
    bytesPerSecond === null ? null : `${formatBytes(bytesPerSecond)}/s`,
    secondsLeft === null ? null : `${formatDuration(secondsLeft * 1000)} left`,
  ].filter((part) => part !== null);
}
