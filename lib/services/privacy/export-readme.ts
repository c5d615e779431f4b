import type { ExportFacts } from './export-facts.ts';

/** What the zip file holds, for whoever opens it. */
export function writeReadme({ job, findings, subject }: ExportFacts): string {
  const { request, identifier } = job;
  const rows = findings.tables.reduce((total, table) => total + table.rows, 0);
  return `What is held about one customer
===============================

Asked about: ${identifier.value} (${identifier.type})
Request:     ${request.id}, asked by ${request.askedBy} at ${request.createdAt.toISOString()}
Written:     ${new Date().toISOString()}

Times are UTC. Whole numbers have all their digits; in JSON those beyond 2^53 are texts.

profiles.json, profiles.csv    ${rows} rows of ${findings.tables.length} tables, archived attributes included
aliases.json, aliases.csv      under which IDs other tables know the customer
uploads.json, uploads.csv      files that named the customer, as far as that is known
file-rows.ndjson               the rows of files that are still kept
rejected-rows.ndjson           rows that were not stored because of a fault
audit-trail.json               changes by people and programs that name the customer
request.json                   what was searched, in numbers

A row is "found by identifier" when its ID is the one asked about, and "found by alias" when an Optimizely user
who is this customer is also the customer of that row.

Not in here
-----------
${[
  subject.shared.length > 0 &&
    `- ${subject.shared.length} rows that are linked to this customer and to other people as well. Ask about their IDs by themselves.`,
  findings.unsearchedCount > 0 &&
    `- ${findings.unsearchedCount} kept files that are no CSV text or are damaged, and so could not be searched.`,
  findings.watchedBuckets.length > 0 &&
    `- Files in the company's own buckets: ${findings.watchedBuckets.map(({ place }) => place).join(', ')}.`,
  request.serviceId !== null &&
    '- Other services, and the audit trail, which is of all services: the token that asked is for one.',
  '- A row that a misplaced quotation mark joins to rows of others, or that is longer than 4 MiB: only its line is named.',
  '- More than 1,000 rows of one file; uploads.json tells how many there are.',
  '- Backups of the database, and values in rows of others that happen to be the same text.',
]
  .filter((line) => line !== false)
  .join('\n')}
`;
}
