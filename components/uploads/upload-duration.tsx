import { formatDuration } from '#components/format.ts';
import type { UploadSummary } from '#lib/contracts/uploads.ts';

type UploadDurationProps = { upload: Pick<UploadSummary, 'startedAt' | 'finishedAt'> };

/** Time that a worker spent on the file, so far or altogether. */
export function UploadDuration({ upload }: UploadDurationProps) {
  const milliseconds = durationOf(upload);
  if (milliseconds === null) return <span className="text-muted-foreground">–</span>;
  return <span suppressHydrationWarning>{formatDuration(milliseconds)}</span>;
}

function durationOf({ startedAt, finishedAt }: UploadDurationProps['upload']): number | null {
  if (startedAt === null) return null;
  const end = finishedAt === null ? Date.now() : Date.parse(finishedAt);
  return Math.max(0, end - Date.parse(startedAt));
}
