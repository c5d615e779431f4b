import { getReadingPool } from '#lib/db/pool.ts';
import { exportRows, type ExportedColumn } from '#lib/store/export-rows.ts';
import { encodeRow } from '../../core/csv/encode.ts';
import type { ExportFormat } from '../../contracts/tables.ts';
import { aliasColumnName } from '../../core/datatypes/attribute-name.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { findProfileTable } from '../profiles/find-profile-table.ts';
import type { ProfileTable } from '../profiles/profile-table.ts';

const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

export interface TableExport {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: AsyncIterable<Buffer<ArrayBuffer>>;
}

/**
 * All rows of a table with every attribute that is not archived, and the aliases when it is the built-in
 * one. A CSV file may be uploaded again as it is; a line of NDJSON is a row of a batch write.
 */
export async function exportTable(
  actor: Actor,
  { tableId, format }: { readonly tableId: number; readonly format: ExportFormat },
): Promise<TableExport> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, { tableId });
  const day = new Date().toISOString().slice(0, 10);
  return {
    fileName: `${table.name}-${day}.${format}`,
    contentType: contentTypes[format],
    body: write(table, format),
  };
}

async function* write(
  table: ProfileTable,
  format: ExportFormat,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const columns = columnsOf(table, format);
  if (format === 'csv') {
    yield Buffer.from(encodeRow(['customerId', ...columns.map(({ name }) => name)]));
  }
  yield* exportRows(getReadingPool(), { tableId: table.id, columns, format });
}

/** Aliases have no place in the `data` of a profile. */
function columnsOf(table: ProfileTable, format: ExportFormat): ExportedColumn[] {
  const attributes = table.attributes.map(({ attributeId, name, type }) => ({
    attributeId,
    name,
    type,
  }));
  if (format === 'ndjson') return attributes;
  const aliases = table.aliases.map(({ attributeId, tableId }) => ({
    attributeId,
    name: aliasColumnName(tableId),
    type: 'string' as const,
  }));
  return [...attributes, ...aliases];
}
