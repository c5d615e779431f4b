import type { Column } from '#lib/core/csv/types.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import type { EmptyCells } from '../combine-duplicates.ts';
import { mergePartition } from '../merge-partition.ts';
import { partitions } from '../names.ts';
import { attributeColumns, openStaging } from '../staging-writer.ts';
import { createStaging, dropStaging } from '../staging.ts';
import { claimUpload, withClaim, type ClaimedUpload } from '../upload-claim.ts';
import { finishUpload, recordBatch } from '../upload-ledger.ts';
import { createTestUpload, type TestTable } from './fixtures.ts';

/** A row: customer ID, then a cell for each type; `null` is an unquoted empty cell. */
export type Row = readonly [string, ...(string | null)[]];

export interface Loaded {
  readonly created: number;
  readonly changed: number;
}

export function columnsFor(table: TestTable, types: readonly ValueType[]): Column[] {
  return [
    { kind: 'customer-id', name: 'customerId' },
    ...types.map((type) => ({
      kind: 'attribute' as const,
      name: type,
      attributeId: table.columns.find((column) => column.type === type)?.attributeId ?? 0,
      type,
    })),
  ];
}

export function toCsv(rows: readonly Row[]): Buffer {
  const quote = (cell: string | null) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`);
  return Buffer.from(rows.map((row) => `${row.map(quote).join(',')}\n`).join(''));
}

export async function claim(table: TestTable): Promise<ClaimedUpload> {
  const { tableId } = table;
  const claimed = await claimUpload(getPool(), {
    uploadId: await createTestUpload(tableId),
    tableId,
  });
  if (!claimed) throw new Error('The upload is not open.');
  return claimed;
}

export interface SetOptions {
  readonly claimed: ClaimedUpload;
  readonly batch: number;
  readonly columns: readonly Column[];
}

export async function stage(
  options: SetOptions & { readonly rows: readonly Row[] },
): Promise<void> {
  await createSet(options);
  await write({ ...options, kind: 'repeats' });
}

export async function createSet({ claimed, batch, columns }: SetOptions): Promise<void> {
  const key = { uploadId: claimed.uploadId, batch };
  await withClaim(getPool(), claimed, (connection) =>
    createStaging(connection, key, attributeColumns(columns)),
  );
}

export async function write(
  options: SetOptions & { readonly rows: readonly Row[]; readonly kind: 'new' | 'repeats' },
): Promise<void> {
  const { claimed, rows } = options;
  const writer = await openStaging(getPool(), claimed, { ...options, delimiter: ',' });
  try {
    await writer.write(toCsv(rows));
    await writer.finish();
  } finally {
    writer.discard();
  }
}

export interface MergeOptions {
  readonly claimed: ClaimedUpload;
  readonly batch: number;
  readonly columns: readonly Column[];
  readonly emptyCells: EmptyCells;
}

export async function merge(options: MergeOptions, only = partitions): Promise<void> {
  const { claimed, batch, columns, emptyCells } = options;
  await Promise.all(
    only.map((partition) =>
      mergePartition(getPool(), {
        claim: claimed,
        batch,
        partition,
        columns: attributeColumns(columns),
        emptyCells,
        updatedAt: claimed.startedAt,
      }),
    ),
  );
}

export function record(claimed: ClaimedUpload, rows: number): Promise<void> {
  return recordBatch(getPool(), claimed, {
    rowsAccepted: rows,
    rowsRejected: 0,
    isMerged: true,
    rejectCounts: [],
    rejectSegments: [],
    warnings: [],
    checkpoint: {},
  });
}

/** Loads batches as one upload; gives what it created and changed. */
export async function load(
  table: TestTable,
  batches: readonly (readonly Row[])[],
  options: { readonly types?: readonly ValueType[]; readonly emptyCells?: EmptyCells } = {},
): Promise<Loaded> {
  const { types = ['long', 'string'], emptyCells = 'keep' } = options;
  const claimed = await claim(table);
  const columns = columnsFor(table, types);
  for (const [batch, rows] of batches.entries()) {
    await stage({ claimed, batch, columns, rows });
    await merge({ claimed, batch, columns, emptyCells });
    await record(claimed, rows.length);
    await dropStaging(getPool(), { uploadId: claimed.uploadId, batch });
  }
  await finishUpload(getPool(), claimed, { state: 'completed' });
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
  return { created: Number(upload.rowsCreated), changed: Number(upload.rowsChanged) };
}

export function columnId(table: TestTable, type: ValueType): number {
  return table.columns.find((column) => column.type === type)?.attributeId ?? 0;
}
