import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount, formatNumber } from '#components/format.ts';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { PrivacyFindings, PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';

type FindingsCardProps = { request: PrivacyRequestResponse; findings: PrivacyFindings };

const linkStyles = 'rounded-sm font-medium text-brand underline-offset-4 hover:underline';

/** What was found: the preview of an erasure, and afterwards its record. */
export function FindingsCard({ request, findings }: FindingsCardProps) {
  const { tables, aliases, files, fileCount, rejectedRows, messages, searched } = findings;
  const isEmpty = tables.length + aliases + fileCount + rejectedRows + messages === 0;
  const isErased = request.kind === 'delete' && request.state === 'completed';
  return (
    <Card aria-labelledby="findings">
      <CardHeader
        titleId="findings"
        title={isErased ? 'What was erased' : 'What was found'}
        description={`Searched: ${formatCount(searched.tables, 'table')} and ${formatCount(searched.files, 'kept file')}, rejected rows and messages.`}
      />
      {isEmpty ? (
        <p className="p-4 text-sm text-muted-foreground">
          Nothing is held about this ID. IDs are compared letter by letter, blanks and case
          included.
        </p>
      ) : (
        <dl className="divide-y text-sm">
          {tables.map(({ tableId, tableName, rows, linkedRows }) => (
            <Finding key={tableId} label={`Rows of ${tableName}`}>
              {formatNumber(rows)}
              {linkedRows > 0 && (
                <span className="text-muted-foreground">
                  {' '}
                  ({linkedRows === rows ? '' : `${formatNumber(linkedRows)} of them `}linked by an
                  alias)
                </span>
              )}
            </Finding>
          ))}
          {aliases > 0 && <Finding label="Aliases">{formatNumber(aliases)}</Finding>}
          {rejectedRows > 0 && (
            <Finding label="Rejected rows">{formatNumber(rejectedRows)}</Finding>
          )}
          {messages > 0 && (
            <Finding label="Messages of failed uploads">{formatNumber(messages)}</Finding>
          )}
          {fileCount > 0 && (
            <Finding label="Kept files">
              <FileList files={files} isErased={isErased} />
              {fileCount > files.length && (
                <p className="text-muted-foreground">
                  And {formatNumber(fileCount - files.length)} more.
                </p>
              )}
            </Finding>
          )}
        </dl>
      )}
    </Card>
  );
}

function FileList({ files, isErased }: { files: PrivacyFindings['files']; isErased: boolean }) {
  return (
    <ul className="flex flex-col gap-1">
      {files.map(({ uploadId, fileName, tableName, rows }, index) => (
        <li key={`${uploadId ?? 'none'}-${index}`} className="wrap-anywhere">
          {uploadId === null ? (
            fileName
          ) : (
            <Link href={`/uploads/${uploadId}`} className={linkStyles}>
              {fileName}
            </Link>
          )}
          <span className="text-muted-foreground">
            {' '}
            of {tableName}, {formatCount(rows, 'row')}
            {isErased && ', removed'}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Finding({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[14rem_1fr]">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </div>
  );
}
