import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { Column, Delimiter } from '#lib/core/csv/types.ts';
import { columnName, stagingName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { createStaging, type StagingKey } from './staging.ts';

export interface StagingWriterOptions extends StagingKey {
  /** Of the rows to come, in their order; `ignored` columns are not in them. */
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
}

/**
 * Streams CSV rows into a new staging set through COPY, in one transaction: until `finish`, nothing of it
 * exists. Ends in exactly one of `finish` and `discard`.
 *
 * @example
 * const writer = await StagingWriter.open(pool, { uploadId: 5, batch: 0, columns, delimiter: ',' });
 * for (const bytes of accepted) await writer.write(bytes);
 * await writer.finish();
 */
export class StagingWriter {
  readonly #client: pg.PoolClient;
  readonly #copy: CopyStreamQuery;
  /** Rejects when the COPY fails or its connection is lost; never resolves. */
  readonly #failed: Promise<never>;
  #isOver = false;

  private constructor(client: pg.PoolClient, copy: CopyStreamQuery) {
    this.#client = client;
    this.#copy = copy;
    this.#failed = once(copy, 'error').then(([error]) => {
      throw error;
    });
    this.#failed.catch(() => undefined);
  }

  /** Creates the staging set and begins the COPY. */
  static async open(pool: Pool, options: StagingWriterOptions): Promise<StagingWriter> {
    const client = await pool.connect();
    // A lost connection is told by the statement under way, too.
    client.on('error', () => undefined);
    try {
      await client.query('BEGIN');
      await createStaging(client, options, attributeColumns(options.columns));
      return new StagingWriter(client, client.query(copyFrom(copyStatement(options))));
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
    const sent = new Promise<void>((resolve, reject) => {
      this.#copy.write(rows, (error) => (error ? reject(error) : resolve()));
    });
    await Promise.race([sent, this.#failed]);
  }

  /** Makes the staging set visible. */
  async finish(): Promise<void> {
    this.#copy.end();
    await Promise.race([once(this.#copy, 'finish'), this.#failed]);
    await this.#client.query('COMMIT');
    this.#isOver = true;
    this.#client.removeAllListeners('error');
    this.#client.release();
  }

  /** Undoes everything, whatever state it is in. Harmless after `finish`, so that it fits a `finally`. */
  discard(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.release(true);
  }
}

/** The attributes that a file brings, in its order. */
export function attributeColumns(columns: readonly Column[]): StoredColumn[] {
  return columns.filter((column) => column.kind === 'attribute');
}

function copyStatement({ uploadId, batch, columns, delimiter }: StagingWriterOptions): string {
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
  return `COPY ${stagingName(uploadId, batch)} (${names.join(', ')})
          FROM STDIN (FORMAT csv, DELIMITER ${separator}, ENCODING 'UTF8')`;
}
