import type { Position, ScanWarning } from '#lib/core/csv/types.ts';
import type { RejectLog } from './reject-log.ts';
import type { RowReader } from './row-reader.ts';
import type { RowSink } from './row-sink.ts';
import type { Load } from './load.ts';

/** A batch of rows that is staged, and the rejects of the same stretch of the file. */
export interface StagedBatch {
  readonly number: number;
  /** Where the next batch begins. */
  readonly end: Position;
  /** True when the file ended with this batch. */
  readonly isLast: boolean;
  /** Zero means that there is no staging set. */
  readonly rowsAccepted: number;
  /** Of the stored object, up to the batch's end and in the batch. */
  readonly bytesRead: number;
  readonly bytes: number;
  readonly rejects: RejectLog;
  readonly warnings: readonly ScanWarning[];
  /** Customers that may be in it more than once; `null` when they are too many to name. */
  readonly repeatedIds: readonly string[] | null;
}

/** Each partition looks for them all. */
const mostRepeatedIds = 10_000;

export interface StageBatchOptions {
  readonly load: Load;
  readonly reader: RowReader;
  readonly number: number;
  readonly rejects: RejectLog;
  /** Where good rows go. */
  readonly sink: RowSink;
  /** Of the stored object, before the batch. */
  readonly bytesBefore: number;
  /** Where the batch has to end because another worker began to merge it; `null`: when it is large enough. */
  readonly end: Position | null;
  readonly signal: AbortSignal;
}

/** Reads rows until the batch is large enough, sending them on as they come. */
export async function stageBatch(options: StageBatchOptions): Promise<StagedBatch> {
  const { load, reader, number, rejects, sink, end } = options;
  const begin = reader.position.byteOffset;
  let rowsAccepted = 0;
  let repeatedIds: string[] | null = [];
  let isLast = false;
  try {
    for (;;) {
      options.signal.throwIfAborted();
      reader.describesRejects = rejects.hasRoom;
      const result = await (end ? reader.nextUntil(end) : reader.next());
      if (result === null) {
        isLast = end === null;
        break;
      }
      const accepted = result.acceptedRows + result.repeatRows;
      rowsAccepted += accepted;
      const repeats = (repeatedIds?.length ?? 0) + result.repeatIds.length;
      if (repeats > mostRepeatedIds) repeatedIds = null;
      repeatedIds?.push(...result.repeatIds);
      await sink.take(result);
      await rejects.add(result);
      load.progress.read({
        accepted,
        rejected: result.rejectedRows,
        bytesRead: load.file.bytesRead,
      });
      const bytes = reader.position.byteOffset - begin;
      if (!end && reader.isAtCut && isFull(load, rowsAccepted + rejects.total, bytes)) break;
    }
    await rejects.finish();
    await sink.finish();
  } finally {
    sink.discard();
  }
  return {
    number,
    end: reader.position,
    isLast,
    rowsAccepted,
    bytesRead: load.file.bytesRead,
    bytes: load.file.bytesRead - options.bytesBefore,
    rejects,
    warnings: reader.takeWarnings(),
    repeatedIds,
  };
}

function isFull({ settings }: Load, rows: number, bytes: number): boolean {
  return rows >= settings.batchRows || bytes >= settings.batchBytes;
}
