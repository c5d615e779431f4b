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
  keptRejects: 100_000,
  keptRejectBytes: 256 * 1024 * 1024,
};
