import { getPriority } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type pg from 'pg';
import { createPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { giveWay } from './give-way.ts';

useTestDatabase();

let pool: pg.Pool;

beforeAll(() => {
  pool = createPool(process.env['DATABASE_URL'] ?? '', { max: 1, onConnect: giveWay });
});
afterAll(() => pool.end());

// What tells whose process a number is, is Linux's.
test.runIf(process.platform === 'linux')(
  'a session of the worker, on the same machine, is nicer than those of requests',
  async () => {
    const pid = 'SELECT pg_backend_pid() AS pid';
    const { rows } = await pool.query<{ pid: number }>(pid);
    const others = createPool(process.env['DATABASE_URL'] ?? '', { max: 1 });
    const { rows: usual } = await others.query<{ pid: number }>(pid);
    const [ours, theirs] = [rows[0]?.pid ?? 0, usual[0]?.pid ?? 0].map((id) => getPriority(id));
    await others.end();
    expect(theirs).toBe(0);
    expect(ours).toBe(5);
  },
);
