import type { Pool } from './pool.ts';
import { runAlone, type TransactionOptions } from './transaction.ts';

/** Dead rows, as a part of all, that a partition may have before it is cleaned up. */
const deadShare = 0.15;
/** Below this, cleaning up takes longer than it is worth. */
const leastRows = 500;

/**
 * Keeps a partition from growing while its rows are rewritten: as soon as a seventh of them is dead, their space
 * is made free, and the next slices go into it. (What rewrites a table in one transaction makes it twice as
 * large.) PostgreSQL's own autovacuum comes around once a minute and at a table as a whole.
 */
export class PartitionCleaner {
  readonly #pool: Pool;
  readonly #partition: string;
  readonly #options: TransactionOptions;
  #dead: number;
  #rows: number;

  private constructor(
    pool: Pool,
    partition: string,
    options: TransactionOptions & { readonly dead: number; readonly rows: number },
  ) {
    this.#pool = pool;
    this.#partition = partition;
    this.#options = options;
    this.#dead = options.dead;
    this.#rows = options.rows;
  }

  static async for(
    pool: Pool,
    partition: string,
    options: TransactionOptions,
  ): Promise<PartitionCleaner> {
    // Until it was vacuumed or analysed, a partition is thought to have no rows at all.
    const { rows } = await pool.query<{ dead: string; rows: number }>(
      `SELECT pg_stat_get_dead_tuples(oid) AS dead,
              GREATEST(reltuples, pg_stat_get_live_tuples(oid), 0)::float8 AS rows
       FROM pg_class WHERE oid = $1::regclass`,
      [partition],
    );
    const [row] = rows;
    return new PartitionCleaner(pool, partition, {
      ...options,
      dead: Number(row?.dead ?? 0),
      rows: row?.rows ?? 0,
    });
  }

  /** Notes what a slice did, and cleans up when it is time. */
  async noteSlice({ created, changed }: { readonly created: number; readonly changed: number }) {
    this.#rows += created;
    this.#dead += changed;
    if (this.#dead < Math.max(leastRows, deadShare * this.#rows)) return;
    // Giving space back to the disk would lock readers out for a moment; the next load needs it anyway.
    await runAlone(this.#pool, `VACUUM (TRUNCATE false) ${this.#partition}`, this.#options);
    this.#dead = 0;
  }
}
