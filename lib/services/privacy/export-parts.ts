import { encodeExportRow } from '../../core/csv/encode.ts';
import type { ExportFacts } from './export-facts.ts';
import { writeReadme } from './export-readme.ts';
import { readHeldRows, type HeldRow } from './held-rows.ts';
import { readFileRows, readRejectedRows } from './kept-rows.ts';
import { idsOf } from './search-uploads.ts';
import { listAuditEntries } from './take-stock.ts';
import { listUploads } from './uploads-of-subject.ts';

type Part = (facts: ExportFacts) => AsyncIterable<string> | Iterable<string>;

/** The files of an export, in their order; each is read from the database while it is written. */
export const exportParts: Readonly<Record<string, Part>> = {
  'README.txt': function* (facts) {
    yield writeReadme(facts);
  },
  'request.json': function* ({ job: { request, identifier }, findings }) {
    yield json({
      request: request.id,
      identifierType: identifier.type,
      identifier: identifier.value,
      onlyTable: identifier.tableId,
      askedBy: request.askedBy,
      askedAt: request.createdAt,
      writtenAt: new Date(),
      findings,
    });
  },
  'profiles.json': async function* ({ tables, subject }) {
    yield* jsonList(readHeldRows(tables, subject), toProfileJson);
  },
  'profiles.csv': async function* ({ tables, subject }) {
    yield encodeExportRow([
      'table',
      'customer_id',
      'attribute',
      'datatype',
      'archived',
      'value',
      'row_updated_at',
      'upload_id',
    ]);
    for await (const row of readHeldRows(tables, subject)) yield* toProfileCsv(row);
  },
  'aliases.json': async function* ({ tables, subject }) {
    yield* jsonList(readHeldRows(tables, subject), ({ table, customerId, aliases }) =>
      aliases.map((alias) =>
        JSON.stringify({ optimizelyTable: table.id, optimizelyUser: customerId, ...alias }),
      ),
    );
  },
  'aliases.csv': async function* ({ tables, subject }) {
    yield encodeExportRow(['optimizely_user', 'table', 'customer_id']);
    for await (const { customerId, aliases } of readHeldRows(tables, subject)) {
      for (const alias of aliases) {
        yield encodeExportRow([customerId, alias.tableName, alias.customerId]);
      }
    }
  },
  'uploads.json': async function* ({ job, subject, tables }) {
    yield json(await listUploads(job, { subject, tables }));
  },
  'uploads.csv': async function* ({ job, subject, tables }) {
    yield encodeExportRow(['upload_id', 'table', 'file', 'source', 'received_at', 'rows', 'kept']);
    for (const upload of await listUploads(job, { subject, tables })) {
      yield encodeExportRow([
        upload.uploadId === null ? null : String(upload.uploadId),
        upload.tableName,
        upload.fileName,
        upload.source,
        upload.receivedAt,
        String(upload.rows),
        String(upload.isKept),
      ]);
    }
  },
  'file-rows.ndjson': async function* ({ job, tables, subject }) {
    for await (const row of readFileRows(job, tables, subject)) yield `${JSON.stringify(row)}\n`;
  },
  'rejected-rows.ndjson': async function* ({ job, tables, subject }) {
    for await (const row of readRejectedRows(job, tables, subject)) {
      yield `${JSON.stringify(row)}\n`;
    }
  },
  'audit-trail.json': async function* ({ job: { request }, subject }) {
    const entries = await listAuditEntries(request, idsOf(subject));
    yield json(
      entries.map(({ action, objectName, actorName, createdAt }) => ({
        action,
        objectName,
        actorName,
        createdAt,
      })),
    );
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A list of which one item at a time is in memory. */
async function* jsonList(
  rows: AsyncIterable<HeldRow>,
  toItems: (row: HeldRow) => readonly string[],
): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const row of rows) {
    for (const item of toItems(row)) {
      yield `${separator}${item}`;
      separator = ',\n';
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function toProfileJson({ table, customerId, link, values, ...row }: HeldRow): string[] {
  const members = (isArchived: boolean) =>
    values
      .filter((value) => value.isArchived === isArchived)
      .map(({ name, json: text }) => `${JSON.stringify(name)}:${text}`);
  const head = {
    service: table.serviceName,
    table: table.name,
    tableId: table.id,
    customerId,
    foundBy: link,
    updatedAt: row.updatedAt,
    lastChangedByUpload: row.upload,
  };
  return [
    `${JSON.stringify(head).slice(0, -1)},"data":{${members(false).join(',')}},"archivedData":{${members(true).join(',')}}}`,
  ];
}

function* toProfileCsv({ table, customerId, values, updatedAt, upload }: HeldRow) {
  const uploadId = upload === null ? null : String(upload.uploadId);
  // A row without any value is held, too.
  if (values.length === 0) {
    yield encodeExportRow([table.name, customerId, null, null, null, null, updatedAt, uploadId]);
  }
  for (const { name, datatype, isArchived, text } of values) {
    yield encodeExportRow([
      table.name,
      customerId,
      name,
      datatype,
      String(isArchived),
      text,
      updatedAt,
      uploadId,
    ]);
  }
}
