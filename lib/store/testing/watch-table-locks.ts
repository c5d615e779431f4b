import type pg from 'pg';
import { tableName } from '../names.ts';
import type { Pool } from '../pool.ts';

/** Statements behind whose lock readers or writers of a table would queue up. */
const locking =
  /\b(LOCK TABLE|ALTER TABLE|DROP TABLE|TRUNCATE|CREATE INDEX|(CREATE|DROP)( OR REPLACE)? TRIGGER)\b/;

export interface WatchedPool {
  readonly pool: Pool;
  /** The longest that each such statement was ready to wait, as PostgreSQL had it when the statement was sent. */
  readonly lockTimeouts: readonly string[];
}

/** A pool that looks, before each statement that locks the table, how long the session would wait for a lock. */
export function watchTableLocks(pool: Pool, tableId: number): WatchedPool {
  const lockTimeouts: string[] = [];
  const table = new RegExp(`${tableName(tableId).replace('.', '\\.')}\\b`);
  const watch = (client: pg.PoolClient) =>
    withQuery(client, async (query, text) => {
      if (text.split(';').some((part) => locking.test(part) && table.test(part))) {
        const { rows } = await client.query<{ lock_timeout: string }>('SHOW lock_timeout');
        lockTimeouts.push(rows[0]?.lock_timeout ?? '');
      }
      return query();
    });
  const connect = async () => watch(await pool.connect());
  return {
    lockTimeouts,
    pool: new Proxy(pool, {
      get: (target, key) => (key === 'connect' ? connect : bound(target, key)),
    }),
  };
}

type Around = (query: () => Promise<unknown>, text: string) => Promise<unknown>;

/** The client with something done around each statement that is a text. */
function withQuery(client: pg.PoolClient, around: Around): pg.PoolClient {
  return new Proxy(client, {
    get: (target, key) => {
      const value = bound(target, key);
      if (key !== 'query' || typeof value !== 'function') return value;
      const query = value as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => {
        const [text] = args;
        return typeof text === 'string' ? around(() => query(...args), text) : query(...args);
      };
    },
  });
}

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function'
    ? (value as (...args: never[]) => unknown).bind(target)
    : value;
}
