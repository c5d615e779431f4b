import { z } from 'zod';
import { blobRefs } from '#lib/blob/blob-ref.ts';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { datatypes, datetimeFormats, valueTypeOf } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { ensureTable } from '#lib/store/physical-tables.ts';
import type { Pool } from '#lib/store/pool.ts';
import { countRows, foldRowCount } from '#lib/store/row-counts.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import { ClaimLostError, type ClaimedUpload } from '#lib/store/upload-claim.ts';
import { finishUpload, saveCheckpoint } from '#lib/store/upload-ledger.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Load } from './load.ts';
import { completeCheck } from './complete-check.ts';
import { completeFirstLoad, readKnownKeys } from './first-load.ts';
import { estimateRows } from './estimate-rows.ts';
import { loadRows } from './load-rows.ts';
import { Progress } from './progress.ts';
import { readPlan, type PlannedFile } from './read-plan.ts';
import type { IngestSettings } from './settings.ts';
import { StoredFile } from './stored-file.ts';
import { UploadFailure } from './upload-failure.ts';

export interface IngestContext {
  readonly pool: Pool;
  readonly blobs: BlobStore;
  readonly settings: IngestSettings;
}

/** Workers that may be lost without getting any further, before the file is given up. */
const mostDeaths = 30;

const warningsOf = z.array(
  z.object({
    code: z.literal('epoch-looks-like-milliseconds'),
    column: z.string(),
    count: z.number(),
  }),
);
const datatypeOf = z.object({
  datatype: z.enum(datatypes),
  format: z.enum(datetimeFormats).nullable(),
});
const emptyCellsOf = z.enum(['keep', 'clear']);

/**
 * Loads a claimed upload from where it stands to its end.
 *
 * @throws {UploadFailure} when the file is at fault; the caller gives the upload its final state.
 * @throws {ClaimLostError} when the upload was cancelled, removed or taken over.
 * @throws the signal's reason when it was aborted, anything else for a mishap that may pass.
 */
export async function ingestUpload(
  context: IngestContext,
  claim: ClaimedUpload,
  signal: AbortSignal,
): Promise<void> {
  const upload = await readUpload(claim);
  if (!upload.object) throw missingFile();
  const file = await StoredFile.open(context.blobs, blobRefs.parse(upload.object.parts), signal);
  const checkpoint = await prepareLoad(context, { claim, file, upload, signal });
  refuseEndless(claim, checkpoint);
  const { plan } = checkpoint;
  const isBeside = plan.way === 'first-load' && (await hasRowsBeside(context.pool, claim, file));
  const progress = new Progress(isBeside ? 'load-beside' : plan.way, {
    rowsRead: Number(upload.rowsRead),
    rowsAccepted: Number(upload.rowsAccepted),
    rowsRejected: Number(upload.rowsRejected),
    bytesRead: checkpoint.bytesRead,
  });
  const { settings } = context;
  const load: Load = { ...context, claim, file, plan, progress };
  const lost = new AbortController();
  const stopReporting = progress.start(context.pool, claim, () =>
    lost.abort(new ClaimLostError(claim.uploadId)),
  );
  try {
    const stop = AbortSignal.any([signal, lost.signal]);
    const last = await loadRows(load, {
      checkpoint,
      warnings: warningsOf.parse(upload.warnings),
      keys: plan.way === 'merge' ? batchKeys(settings) : await readKnownKeys(load, stop),
      signal: stop,
    });
    if (plan.way === 'first-load') await completeFirstLoad(load, last, stop);
    if (plan.way === 'check') await completeCheck(load, last, stop);
  } finally {
    await stopReporting();
  }
  const state = progress.totals.rowsRejected > 0 ? 'completed_with_errors' : 'completed';
  await finishUpload(context.pool, claim, { state });
  await foldRowCount(context.pool, claim.tableId);
}

/** 64 bits for each row of a batch: none in ten thousand is thought to be there twice that is not. */
function batchKeys({ batchRows, keyFilterBytes }: IngestSettings): KeyFilter {
  return new KeyFilter(Math.min(batchRows * 8, keyFilterBytes));
}

type UploadRow = Awaited<ReturnType<typeof readUpload>>;

async function readUpload({ uploadId }: ClaimedUpload) {
  const upload = await getDb().upload.findUnique({
    where: { id: uploadId },
    include: { object: true, table: { include: { attributes: true } } },
  });
  if (!upload) throw new ClaimLostError(uploadId);
  return upload;
}

interface PrepareOptions {
  readonly claim: ClaimedUpload;
  readonly file: StoredFile;
  readonly upload: UploadRow;
  readonly signal: AbortSignal;
}

/** Reads the header, unless an earlier attempt did, and makes sure that the table has its columns. */
async function prepareLoad(
  { pool, settings }: IngestContext,
  { claim, file, upload, signal }: PrepareOptions,
): Promise<Checkpoint & { plan: NonNullable<Checkpoint['plan']> }> {
  const stored = parseCheckpoint(upload.checkpoint);
  if (stored.plan) return { ...stored, plan: stored.plan };
  const { plan, start } = await readPlan({
    file,
    fileName: upload.fileName,
    signal,
    table: {
      name: upload.table.name,
      emptyCells: emptyCellsOf.parse(upload.table.emptyCells),
      attributes: upload.table.attributes.map((attribute) => {
        const { datatype, format } = datatypeOf.parse(attribute);
        return {
          id: attribute.id,
          name: attribute.name,
          type: valueTypeOf(datatype, format),
          isArchived: attribute.archivedAt !== null,
        };
      }),
    },
  });
  await ensureTable(pool, claim.tableId, attributeColumns(plan.columns));
  const isLarge = file.sizeBytes >= settings.firstLoadBytes;
  if (upload.checkOnly) plan.way = 'check';
  else if (isLarge && (await outnumbers({ file, plan, start, signal }, pool, claim)))
    plan.way = 'first-load';
  const checkpoint = { ...stored, plan, next: start };
  await saveCheckpoint(pool, claim, checkpoint);
  return checkpoint;
}

/** A file brings this many rows for each of the table's, before it is faster to carry those over to the file's. */
const leastShare = 2;

/** Whether a file has many more rows than its table, so that most of its customers are new. */
async function outnumbers(
  { file, plan, start, signal }: PlannedFile & Pick<PrepareOptions, 'file' | 'signal'>,
  pool: Pool,
  claim: ClaimedUpload,
): Promise<boolean> {
  const rows = await countTable(pool, claim);
  if (rows === 0) return true;
  return (await estimateRows(file, plan, { start: start.byteOffset, signal })) >= leastShare * rows;
}

/** One row for so many bytes of file is carried over in no time. */
const bytesPerFewRows = 10_000;

async function hasRowsBeside(pool: Pool, claim: ClaimedUpload, file: StoredFile): Promise<boolean> {
  return (await countTable(pool, claim)) > file.sizeBytes / bytesPerFewRows;
}

async function countTable(pool: Pool, { tableId }: ClaimedUpload): Promise<number> {
  return (await countRows(pool, [tableId])).get(tableId) ?? 0;
}

/** A file that kills every worker must not go on doing so; workers that are killed by people may. */
function refuseEndless({ attempt }: ClaimedUpload, checkpoint: Checkpoint): void {
  if (attempt - checkpoint.attempt <= mostDeaths) return;
  throw new UploadFailure({
    code: 'worker-died',
    message: `The worker ended unexpectedly ${mostDeaths} times while it loaded the file.`,
    hint: 'The log of the worker may tell why. Retry the upload once that is mended.',
  });
}

function missingFile(): UploadFailure {
  return new UploadFailure({
    code: 'file-missing',
    message: 'The uploaded file was removed before it was read.',
    hint: 'Upload it again.',
  });
}
