/** Sizes and limits of a load. The defaults suit any file; tests make them small. */
export interface IngestSettings {
  /** A batch ends with the chunk that brings it to this many rows, or to `batchBytes`. */
  readonly batchRows: number;
  /** Bytes of (decompressed) file. */
  readonly batchBytes: number;
  /** Most bytes that are scanned at once. */
  readonly chunkBytes: number;
  /** Partitions that are merged at the same time, each on its own connection. */
  readonly mergeParallelism: number;
  /** Files of this size and more, as they are stored, are loaded beside a table that has far fewer rows. */
  readonly firstLoadBytes: number;
  /** Connections over which rows are sent. */
  readonly copyParallelism: number;
  /** Most memory for telling new customers from known ones in a first load. */
  readonly keyFilterBytes: number;
  /** Rejected rows that are kept to be shown; further ones are only counted. */
  readonly keptRejects: number;
  /** The same in bytes, for files whose every row is huge. */
  readonly keptRejectBytes: number;
}

export const defaultIngestSettings: IngestSettings = {
  batchRows: 2_000_000,
  batchBytes: 512 * 1024 * 1024,
  chunkBytes: 256 * 1024,
  mergeParallelism: 2,
  firstLoadBytes: 16 * 1024 * 1024,
  copyParallelism: 2,
  keyFilterBytes: 64 * 1024 * 1024,
  keptRejects: 100_000,
  keptRejectBytes: 256 * 1024 * 1024,
};
