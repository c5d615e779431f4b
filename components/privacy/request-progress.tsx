import Link from 'next/link';
import { formatBytes, formatNumber } from '#components/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import type { PrivacyProgress, PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';

const words: Record<PrivacyProgress['step'], string> = {
  rows: 'Looking into the tables',
  files: 'Searching kept files',
  rejects: 'Searching rejected rows',
  writing: 'Writing the zip file',
  waiting: 'Waiting for uploads that came before and name the customer',
  removing: 'Removing files',
};

export function RequestProgress({ request }: { request: PrivacyRequestResponse }) {
  const { progress } = request;
  const word = progress ? words[progress.step] : 'Waiting for a worker';
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">{word}</p>
      <Progress
        label={word}
        value={progress && percentOf(progress)}
        {...(progress ? { valueText: describe(progress) || word } : {})}
      />
      {progress && (
        <p className="text-xs text-muted-foreground tabular-nums">{describe(progress)}</p>
      )}
      {progress && progress.waitingFor.length > 0 && (
        <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm">
          {progress.waitingFor.map(({ uploadId, fileName }) => (
            <li key={uploadId}>
              <Link
                href={`/uploads/${uploadId}`}
                className="rounded-sm font-medium text-brand underline-offset-4 hover:underline"
              >
                {fileName}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function percentOf({ bytesDone, bytesTotal, filesDone, filesTotal }: PrivacyProgress) {
  if (bytesTotal > 0) return Math.min(100, (bytesDone / bytesTotal) * 100);
  return filesTotal > 0 ? (filesDone / filesTotal) * 100 : null;
}

function describe({ bytesDone, bytesTotal, filesDone, filesTotal }: PrivacyProgress): string {
  const files = filesTotal > 0 && `${formatNumber(filesDone)} of ${formatNumber(filesTotal)} files`;
  const bytes = bytesTotal > 0 && `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
  return [files, bytes].filter((part) => part !== false).join(' · ');
}
