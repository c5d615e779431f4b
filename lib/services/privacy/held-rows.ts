import { getDb } from '#lib/db/client.ts';
import { getRowPool } from '#lib/db/pool.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { formatDatetime, formatJsonValue } from '../../core/datatypes/format-json-value.ts';
import { aliasColumns, toAliases } from '../aliases/aliases.ts';
import type { SearchedTable } from './search-scope.ts';
import type { Subject, SubjectRow } from './subject.ts';
import { unlessGone } from './unless-gone.ts';

interface HeldValue {
  readonly name: string;
  readonly datatype: string;
  readonly isArchived: boolean;
  /** Exact, as people write it. */
  readonly text: string;
  /** Exact, as the profile API writes it. */
  readonly json: string;
}

/** One row that is held about a customer, with all that it holds. */
export interface HeldRow {
  readonly table: SearchedTable;
  readonly customerId: string;
  readonly link: SubjectRow['link'];
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** The upload that last changed the row; null for a single write. */
  readonly upload: { readonly uploadId: number; readonly fileName: string | null } | null;
  readonly values: readonly HeldValue[];
  readonly aliases: readonly { tableId: number; tableName: string; customerId: string }[];
}

/** The customer's rows as they are now, one at a time. */
export async function* readHeldRows(
  tables: readonly SearchedTable[],
  subject: Subject,
): AsyncGenerator<HeldRow> {
  for (const row of subject.rows) {
    const table = tables.find(({ id }) => id === row.tableId);
    const held = table && (await readHeldRow({ tables, table, row }));
    if (held) yield held;
  }
}

async function readHeldRow(options: {
  readonly tables: readonly SearchedTable[];
  readonly table: SearchedTable;
  readonly row: SubjectRow;
}): Promise<HeldRow | null> {
  const { tables, table, row } = options;
  const { customerId, link } = row;
  const columns = [...table.attributes, ...aliasColumns(table)];
  const stored = await unlessGone(
    readProfile(getRowPool(), { tableId: table.id, columns, customerId }),
    null,
  );
  if (!stored) return null;
  const values = table.attributes.flatMap(({ attributeId, name, datatype, type }) => {
    const value = stored.values.get(attributeId) ?? null;
    if (value === null) return [];
    const text = type === 'datetime' ? formatDatetime(value) : value;
    const isArchived = table.archivedIds.has(attributeId);
    return [{ name, datatype, isArchived, text, json: formatJsonValue(type, value) }];
  });
  return {
    table,
    customerId,
    link,
    updatedAt: stored.updatedAt.toISOString(),
    upload: await findUpload(stored.uploadId),
    values,
    aliases: [...toAliases(table, stored.values)].map(([tableId, alias]) => ({
      tableId,
      tableName: tables.find(({ id }) => id === tableId)?.name ?? `Table ${tableId}`,
      customerId: alias,
    })),
  };
}

async function findUpload(uploadId: number | null): Promise<HeldRow['upload']> {
  if (uploadId === null) return null;
  const upload = await getDb().upload.findUnique({
    where: { id: uploadId },
    select: { fileName: true },
  });
  return { uploadId, fileName: upload?.fileName ?? null };
}
