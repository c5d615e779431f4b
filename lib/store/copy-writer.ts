import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { Column, Delimiter } from '#lib/core/csv/types.ts';
import { columnName } from './names.ts';
import type { Connection, Pool } from './pool.ts';

interface RowFormat {
  /** Of the rows to come, in their order; `ignored` columns are not in them. */
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
}

/** Good rows of a file. */
export interface RowsToCopy extends RowFormat {
  /** Customers that have not come before, in no order, or that may have, in the order of the file. */
  readonly kind: 'new' | 'repeats';
}

export interface CopyWriterOptions extends RowFormat {
  /** Table to write to. */
  readonly into: string;
  /** Runs first, in the same transaction. */
  readonly prepare?: (connection: Connection) => Promise<void>;
  /** Runs last, in the same transaction; nothing is kept when it throws. */
  readonly conclude?: (connection: Connection) => Promise<void>;
}

/**
 * Streams CSV rows into a table through COPY, in one transaction: until `finish`, nothing of it is there.
 * Ends in exactly one of `finish` and `discard`.
 *
 * @example
 * const writer = await CopyWriter.open(pool, { into: 'profiles.f_5', columns, delimiter: ',' });
 * for (const bytes of accepted) await writer.write(bytes);
 * await writer.finish();
 */
export class CopyWriter {
  readonly #client: pg.PoolClient;
  readonly #conclude: CopyWriterOptions['conclude'];
  readonly #copy: CopyStreamQuery;
  /** Of what the caller waits for. */
  #reject: ((error: unknown) => void) | null = null;
  #failure: { readonly error: unknown } | null = null;
  #isOver = false;

  private constructor(client: pg.PoolClient, options: CopyWriterOptions) {
    this.#client = client;
    this.#conclude = options.conclude;
    const copy = client.query(copyFrom(copyStatement(options)));
    this.#copy = copy;
    copy.on('error', (error) => {
      this.#failure ??= { error };
      this.#reject?.(error);
    });
  }

  static async open(pool: Pool, options: CopyWriterOptions): Promise<CopyWriter> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await options.prepare?.(client);
      return new CopyWriter(client, options);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /**
   * Sends rows. Their memory may be used again once this resolves.
   *
   * @throws {pg.DatabaseError} when PostgreSQL refuses a row.
   */
  async write(rows: Buffer): Promise<void> {
    await this.#unlessFailed((resolve, reject) => {
      this.#copy.write(rows, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Makes the rows visible. */
  async finish(): Promise<void> {
    await this.#unlessFailed((resolve) => this.#copy.once('finish', resolve).end());
    await this.#conclude?.(this.#client);
    await this.#client.query('COMMIT');
    this.#isOver = true;
    this.#client.release();
  }

  /** Undoes everything, whatever state it is in. Harmless after `finish`, so that it fits a `finally`. */
  discard(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.release(true);
  }

  /**
   * Rejects as well when the COPY fails or its connection is lost. (A race with a promise that lasts as long as the COPY would
   * keep something of every write until its end.)
   */
  async #unlessFailed(
    step: (resolve: () => void, reject: (error: unknown) => void) => void,
  ): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      step(resolve, reject);
    });
    this.#reject = null;
  }
}

function copyStatement({ into, columns, delimiter }: CopyWriterOptions): string {
  const names = columns.flatMap((column) => {
    switch (column.kind) {
      case 'customer-id':
        return ['customer_id'];
      case 'attribute':
        return [columnName(column.attributeId)];
      case 'ignored':
        return [];
    }
  });
  const separator = delimiter === '\t' ? `E'\\t'` : `','`;
  return `COPY ${into} (${names.join(', ')})
          FROM STDIN (FORMAT csv, DELIMITER ${separator}, ENCODING 'UTF8')`;
}
