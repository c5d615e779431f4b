interface DistinctSample {
  /** Different values in the sample. */
  readonly distinct: number;
  /** Of these, the ones that were read once only. */
  readonly once: number;
  /** Rows of the sample with a value. */
  readonly read: number;
  /** Rows of the whole with a value. */
  readonly filled: number;
}

/**
 * How many different values the whole has, guessed from a sample: the estimator "Duj1" of Haas and Stokes (1998), which
 * PostgreSQL's ANALYZE uses, too. Exact when the sample is the whole.
 *
 * @example estimateDistinct({ distinct: 3, once: 0, read: 1000, filled: 1_000_000 }) // 3
 */
export function estimateDistinct({ distinct, once, read, filled }: DistinctSample): number {
  if (once === 0 || read >= filled) return distinct;
  if (once === read) return filled;
  const estimate = (read * distinct) / (read - once + (once * read) / filled);
  return Math.round(Math.min(filled, Math.max(distinct, estimate)));
}
