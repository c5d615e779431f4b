import { formatCount, formatNumber } from '#components/format.ts';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import type { PrivacyFindings, PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { Finding } from './findings-card.tsx';

type LeftAloneCardProps = { request: PrivacyRequestResponse; findings: PrivacyFindings };

/** What the request does not reach, so that nobody believes it did. */
export function LeftAloneCard({ request, findings }: LeftAloneCardProps) {
  const { sharedRows, unsearched, unsearchedCount, watchedBuckets } = findings;
  return (
    <Card aria-labelledby="left-alone">
      <CardHeader
        titleId="left-alone"
        title={request.kind === 'delete' ? 'What stays' : 'What is not in the export'}
        description="See to these yourself."
      />
      <dl className="divide-y text-sm">
        {sharedRows > 0 && (
          <Finding label="Rows shared with others">
            {request.sharedRows.length === 0 && formatNumber(sharedRows)}
            <ul className="flex flex-col gap-1">
              {request.sharedRows.map(({ tableId, tableName, customerId, otherUsers }) => (
                <li key={`${tableId}-${customerId}`}>
                  <ExactText text={customerId} className="font-mono text-xs" /> of {tableName}, also{' '}
                  {formatCount(otherUsers, 'other Optimizely user')}
                </li>
              ))}
            </ul>
            <p className="text-muted-foreground">Ask about these IDs by themselves.</p>
          </Finding>
        )}
        {unsearchedCount > 0 && (
          <Finding label="Files that could not be searched">
            <ul className="flex flex-col gap-1">
              {unsearched.map(({ fileName, tableName, reason }, index) => (
                <li key={`${index}-${fileName}`} className="wrap-anywhere">
                  {fileName} of {tableName}
                  <span className="text-muted-foreground">: {reason}</span>
                </li>
              ))}
            </ul>
          </Finding>
        )}
        {watchedBuckets.length > 0 && (
          <Finding label="Watched buckets of your own">
            <ul className="flex flex-col gap-1">
              {watchedBuckets.map(({ place, tableName }) => (
                <li key={`${tableName}-${place}`} className="wrap-anywhere">
                  <code className="font-mono text-xs">{place}</code> of {tableName}
                </li>
              ))}
            </ul>
          </Finding>
        )}
        {findings.fileNames > 0 && (
          <Finding label="File names with the ID in them">
            {formatNumber(findings.fileNames)}
          </Finding>
        )}
        {findings.auditEntries > 0 && (
          <Finding label="Entries of the audit trail">
            {formatNumber(findings.auditEntries)}
          </Finding>
        )}
        {request.kind === 'delete' && findings.rowsWrittenAgain > 0 && (
          <Finding label="Rows written again meanwhile">
            {formatNumber(findings.rowsWrittenAgain)}
          </Finding>
        )}
        <Finding label="Always">
          Backups and the write-ahead log of the database, until you remove them; values in rows of
          others that are the same text.
        </Finding>
      </dl>
    </Card>
  );
}
