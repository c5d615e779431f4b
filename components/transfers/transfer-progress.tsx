import { CloudOff } from 'lucide-react';
import { formatBytes, formatTimeLeft } from '#components/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import { announceTenth } from '#components/uploads/announcements.ts';
import type { QueuedFile, SendingStep } from './queued-file.ts';

type TransferProgressProps = { queued: QueuedFile; step: SendingStep };

/** Bytes on their way from the browser to the S3 endpoint. */
export function TransferProgress({ queued, step }: TransferProgressProps) {
  const { name, sizeBytes } = queued;
  const { sentBytes, trouble } = step;
  const percent = percentOf(sentBytes, sizeBytes);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Bar
        label={`Transferring ${name}`}
        percent={percent}
        valueText={ofAll(sentBytes, sizeBytes)}
      />
      {trouble === null ? (
        <p className="text-xs text-muted-foreground tabular-nums">
          {describeSending(queued, step)}
        </p>
      ) : (
        <p className="flex items-start gap-1.5 text-xs text-warning">
          <CloudOff aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>Reconnecting. {trouble}</span>
        </p>
      )}
      <span role="status" className="sr-only">
        {trouble === null
          ? announceTenth(`${name}, transfer`, percent)
          : `${name}: the connection broke. It is tried again by itself.`}
      </span>
    </div>
  );
}

/** What is at the endpoint already and stays there. */
export function PausedProgress({ queued }: { queued: QueuedFile }) {
  const { name, arrivedBytes, sizeBytes } = queued;
  const text = ofAll(arrivedBytes, sizeBytes);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Bar
        label={`Transferring ${name}`}
        percent={percentOf(arrivedBytes, sizeBytes)}
        valueText={`Paused at ${text}`}
        isIdle
      />
      <p className="text-xs text-muted-foreground tabular-nums">
        <span role="status">
          <span className="sr-only">{name}: </span>Paused
        </span>{' '}
        at {text}
      </p>
    </div>
  );
}

export function percentOf(bytes: number, sizeBytes: number): number {
  return sizeBytes === 0 ? 100 : (bytes / sizeBytes) * 100;
}

/** "24 MB of 64 MB · 12 MB/s · 4 s left" */
function describeSending({ sizeBytes }: QueuedFile, step: SendingStep): string {
  const { sentBytes, bytesPerSecond, secondsLeft } = step;
  const all = ofAll(sentBytes, sizeBytes);
  if (sentBytes >= sizeBytes) return `${all} · being stored`;
  return [
    all,
    bytesPerSecond === null ? null : `${formatBytes(bytesPerSecond)}/s`,
    secondsLeft === null ? null : formatTimeLeft(secondsLeft),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function ofAll(bytes: number, sizeBytes: number): string {
  return `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}`;
}

type BarProps = { label: string; percent: number; valueText: string; isIdle?: boolean };

function Bar({ label, percent, valueText, isIdle = false }: BarProps) {
  return (
    <div className="flex items-center gap-2">
      <Progress
        label={label}
        value={percent}
        valueText={valueText}
        tone={isIdle ? 'neutral' : 'brand'}
      />
      <span aria-hidden className="w-10 shrink-0 text-right text-xs whitespace-nowrap tabular-nums">
        {Math.floor(percent)} %
      </span>
    </div>
  );
}
