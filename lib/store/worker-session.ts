import { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { Pool } from './pool.ts';
import { openStates } from './upload-claim.ts';

/** `NOTIFY` this channel when an upload was added, so that a worker looks at once. */
export const uploadsChannel = 'opendcp_uploads';

/** How the session shows in `pg_stat_activity`. */
export const sessionName = 'opendcp worker';

/** First half of the two-part lock key; the table id is the second. Arbitrary, but fixed. */
const lockClass = 0x0dc90002;

/** A server that does not answer for this long counts as gone. */
const patience = 10_000;

/** An upload with work before it. */
export interface WaitingUpload {
  readonly uploadId: number;
  readonly tableId: number;
}

interface SessionEvents {
  /** Something may have been added to the queue. */
  wake: [];
  /** The session is gone, and with it every lock it held. */
  lost: [];
}

/**
 * A worker's standing connection. It hears of new uploads, and it holds the locks of the tables that the
 * worker is loading: when the worker dies, in whatever way, PostgreSQL sees the connection close and frees
 * them (see `noticeDeath`). (A pooler in transaction mode would break that; connect to PostgreSQL itself.)
 */
export class WorkerSession extends EventEmitter<SessionEvents> {
  readonly #client: pg.PoolClient;
  #isOver = false;

  private constructor(client: pg.PoolClient) {
    super();
    this.#client = client;
    client.on('notification', () => this.emit('wake'));
    client.on('error', () => this.#lose());
    client.on('end', () => this.#lose());
  }

  static async open(pool: Pool): Promise<WorkerSession> {
    const client = await pool.connect();
    const session = new WorkerSession(client);
    try {
      await client.query(`SET application_name = '${sessionName}'; LISTEN ${uploadsChannel}`);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  get isLost(): boolean {
    return this.#isOver;
  }

  /** The first open upload of every table that has one, oldest first. Later ones wait for it. */
  async listWaiting(): Promise<readonly WaitingUpload[]> {
    return this.#query<WaitingUpload>(
      `SELECT "uploadId", "tableId" FROM (
         SELECT DISTINCT ON ("tableId") id AS "uploadId", "tableId" FROM "Upload"
         WHERE state = ANY($1) ORDER BY "tableId", sequence
       ) AS first ORDER BY "uploadId"`,
      [openStates],
    );
  }

  /** Takes a table's lock unless another session holds it; gives the upload to work on. */
  async lock(tableId: number): Promise<WaitingUpload | null> {
    const [lock] = await this.#query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS taken',
      [lockClass, tableId],
    );
    if (!lock?.taken) return null;
    // Asked again under the lock: whoever held it before may have finished the one we saw.
    const [first] = await this.#query<WaitingUpload>(
      `SELECT id AS "uploadId", "tableId" FROM "Upload"
       WHERE "tableId" = $1 AND state = ANY($2) ORDER BY sequence LIMIT 1`,
      [tableId, openStates],
    );
    if (!first) await this.unlock(tableId);
    return first ?? null;
  }

  /** Which of these uploads were ended from outside: cancelled, or removed with their table. */
  async listEnded(uploadIds: readonly number[]): Promise<readonly number[]> {
    if (uploadIds.length === 0) return [];
    const open = await this.#query<{ id: number }>(
      'SELECT id FROM "Upload" WHERE id = ANY($1) AND state = ANY($2)',
      [uploadIds, openStates],
    );
    const openIds = new Set(open.map(({ id }) => id));
    return uploadIds.filter((id) => !openIds.has(id));
  }

  async unlock(tableId: number): Promise<void> {
    await this.#query('SELECT pg_advisory_unlock($1, $2)', [lockClass, tableId]);
  }

  /** Ends the session; its locks are free once PostgreSQL noticed, which is at once. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.release(true);
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    const timer = setTimeout(() => this.#lose(), patience);
    try {
      return (await this.#client.query<Row & pg.QueryResultRow>(text, values)).rows;
    } catch (error) {
      this.#lose();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #lose(): void {
    if (this.#isOver) return;
    this.close();
    this.emit('lost');
  }
}
