import Link from 'next/link';
import { formatCount, formatDateTime } from '#components/format.ts';
import { Callout } from '#components/ui/callout.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { RulesLink } from './rules-link.tsx';

/** What a reader must know before the numbers: a failure with its fix, warnings, a file seen before. */
export function UploadNotices({ upload }: { upload: UploadResponse }) {
  return (
    <>
      {upload.checkOnly && upload.state !== 'failed' && (
        <Callout tone="info" title="Check only: nothing of this file is stored">
          It is read and compared with the table as a file to be stored is. The numbers tell what
          storing it would do.
        </Callout>
      )}
      {upload.state === 'failed' && <Failure upload={upload} />}
      {upload.warnings.map(({ code, column, count, message }) => (
        <Callout
          key={`${code} ${column ?? ''}`}
          tone="warning"
          title={
            <>
              {column !== null && (
                <>
                  Column <code className="font-mono text-xs">{column}</code>:{' '}
                </>
              )}
              {formatCount(count, 'row')} worth a look
            </>
          }
        >
          {message}
        </Callout>
      ))}
      {upload.sameContentAs && (
        <Callout tone="neutral" title="The same file was uploaded before">
          It has the same bytes as{' '}
          <Link
            href={`/uploads/${upload.sameContentAs.id}`}
            className="font-medium text-brand underline underline-offset-4"
          >
            {upload.sameContentAs.fileName}
          </Link>{' '}
          of <SameTime date={upload.sameContentAs.createdAt} />. It is processed all the same.
        </Callout>
      )}
    </>
  );
}

function SameTime({ date }: { date: string }) {
  return <time dateTime={date}>{formatDateTime(new Date(date), 'UTC')}</time>;
}

/** Mended in the table rather than in the file; after that the file can be read in again as it is. */
const aboutAttributes: ReadonlySet<string> = new Set([
  'header-unknown-column',
  'header-archived-attribute',
]);

function failureTitle({ checkOnly, rowsAccepted, rowsReached }: UploadResponse): string {
  if (checkOnly) return 'The file would fail as a whole';
  if (rowsAccepted === 0 && rowsReached > 0) {
    return `The file failed after ${formatCount(rowsReached, 'row')} had been read: nothing of it was stored`;
  }
  return rowsAccepted === 0
    ? 'The file failed as a whole: nothing of it was stored'
    : `The file failed after ${formatCount(rowsAccepted, 'row')} had been stored`;
}

function Failure({ upload }: { upload: UploadResponse }) {
  const { error, tableId } = upload;
  return (
    <Callout tone="danger" title={failureTitle(upload)}>
      <div className="flex flex-col gap-2">
        <p>{error?.message ?? 'The reason is not known.'}</p>
        {error?.hint !== undefined && <p>{error.hint}</p>}
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          {error !== null && aboutAttributes.has(error.code) && (
            <Link
              href={`/attributes/${tableId}`}
              className="rounded-sm font-medium text-brand underline underline-offset-4"
            >
              Attributes of the table
            </Link>
          )}
          <RulesLink tableId={tableId}>What a file must look like</RulesLink>
          {error && (
            <span className="text-xs text-muted-foreground">
              Error code <code className="font-mono">{error.code}</code>
            </span>
          )}
        </p>
      </div>
    </Callout>
  );
}
