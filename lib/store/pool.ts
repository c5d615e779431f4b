import type pg from 'pg';

/** Connections to PostgreSQL, made by `createPool` of #lib/db/pool.ts. */
export type Pool = pg.Pool;

/** One connection, usually inside a transaction. */
export type Connection = pg.ClientBase;
