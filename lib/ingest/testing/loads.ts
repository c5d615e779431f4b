import { expect } from 'vitest';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import type { Pool } from '#lib/store/pool.ts';
import type { TestTable } from '#lib/store/testing/fixtures.ts';
import { claimUpload } from '#lib/store/upload-claim.ts';
import { parseCheckpoint } from '../checkpoint.ts';
import { runUpload, type RunOutcome } from '../run-upload.ts';
import { defaultIngestSettings, type IngestSettings } from '../settings.ts';

/** Small batches; every file that has many more rows than its table goes the way of a first load. */
export const besideSettings: IngestSettings = {
  ...defaultIngestSettings,
  batchRows: 500,
  chunkBytes: 700,
  firstLoadBytes: 0,
};

/** Every file is merged. */
export const mergeSettings: IngestSettings = { ...besideSettings, firstLoadBytes: Infinity };

type LoadedTable = Pick<TestTable, 'tableId'>;

export interface RunOptions {
  readonly blobs: BlobStore;
  readonly settings?: IngestSettings;
  readonly signal?: AbortSignal;
  readonly pool?: Pool;
}

/** Loads a queued upload as a worker does. */
export async function run(
  uploadId: number,
  { tableId }: LoadedTable,
  {
    blobs,
    settings = besideSettings,
    signal = new AbortController().signal,
    pool = getPool(),
  }: RunOptions,
): Promise<RunOutcome> {
  const claim = await claimUpload(pool, { uploadId, tableId });
  if (!claim) throw new Error('The upload is not open.');
  return runUpload({ pool, blobs, settings }, claim, signal);
}

/** Loads until something is the case, as a worker that is told to stop then. */
export async function runUntil(
  uploadId: number,
  table: LoadedTable,
  { isReached, ...options }: RunOptions & { readonly isReached: () => Promise<boolean> },
): Promise<void> {
  const stop = new AbortController();
  const running = run(uploadId, table, { ...options, signal: stop.signal });
  await expect.poll(isReached, { timeout: 25_000, interval: 1 }).toBe(true);
  stop.abort(new Error('The worker stops.'));
  await running;
}

/** The number of the batch that comes next. */
export async function batchOf(uploadId: number): Promise<number> {
  const { checkpoint } = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  return parseCheckpoint(checkpoint).batch;
}

/** Partitions whose rows were carried over. */
export async function carriedOver(uploadId: number): Promise<number> {
  const { rowCount } = await getPool().query(
    'SELECT FROM profiles.carried_over WHERE upload_id = $1',
    [uploadId],
  );
  return rowCount ?? 0;
}

/** Keeps the loaded rows from becoming the table until it is called. */
export async function holdTable({ tableId }: LoadedTable): Promise<() => Promise<void>> {
  const reader = await getPool().connect();
  await reader.query('BEGIN');
  await reader.query(`LOCK TABLE ${tableName(tableId)} IN ACCESS SHARE MODE`);
  return async () => {
    await reader.query('COMMIT');
    reader.release();
  };
}

/** Customers that come back now and then, each time with other attributes. */
export function makeFile(rows: number, customers: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const id = `c${(index * 7_919) % customers}`;
    if (index % 97 === 0) return `${id},x,\n`;
    return index % 3 === 0 ? `"${id}",,${index}.5\n` : `${id},${index},\n`;
  });
  return `customerId,long,double\n${lines.join('')}`;
}

export async function rowsOf(table: TestTable): Promise<string[]> {
  const columns = table.columns.map(({ attributeId }) => columnName(attributeId));
  const { rows } = await getPool().query<{ row: string }>(
    `SELECT row(customer_id, ${columns.join(', ')})::text AS row FROM ${tableName(table.tableId)}
     ORDER BY customer_id`,
  );
  return rows.map(({ row }) => row);
}

/** State; rows read, accepted, rejected; customers created, changed. */
export async function countsOf(id: number): Promise<(string | number)[]> {
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id } });
  const { state, rowsRead, rowsAccepted, rowsRejected, rowsCreated, rowsChanged } = upload;
  return [state, ...[rowsRead, rowsAccepted, rowsRejected, rowsCreated, rowsChanged].map(Number)];
}
