import { once } from 'node:events';
import net from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createPool, getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { noticeDeath } from './notice-death.ts';
import { inTransaction } from './transaction.ts';

useTestDatabase();
afterEach(() => vi.useRealTimers());

const databaseUrl = () => process.env['DATABASE_URL'] ?? '';

/** A way to the database that can be cut off without either end being told. */
async function openDetour() {
  const detour = new URL(databaseUrl());
  const { port, hostname } = detour;
  const sockets: net.Socket[] = [];
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    sockets.push(near, far);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  detour.host = `127.0.0.1:${address.port}`;
  return {
    url: detour.href,
    cut: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('an abort ends a transaction also when the database never answers again', async () => {
  const detour = await openDetour();
  const pool = createPool(detour.url, { max: 2 });
  const stop = new AbortController();
  const begun = Promise.withResolvers<undefined>();
  const work = inTransaction(
    pool,
    async (connection) => {
      await connection.query('SELECT 1');
      detour.cut();
      begun.resolve(undefined);
      await connection.query('SELECT 2');
    },
    { signal: stop.signal },
  );
  const ended = expect(work).rejects.toThrow('enough');
  await begun.promise;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stop.abort(new Error('enough'));
  await vi.advanceTimersByTimeAsync(5_000);
  await ended;
  detour.close();
});

test('an abort between two statements ends the one that follows', async () => {
  const watcher = await getPool().connect();
  const stop = new AbortController();
  const work = inTransaction(
    getPool(),
    async (connection) => {
      await connection.query('SELECT 1');
      stop.abort(new Error('enough'));
      await expect
        .poll(async () => {
          const { rowCount } = await watcher.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database()
             AND state = 'idle' AND query LIKE 'SELECT pg_cancel_backend%'`,
          );
          return rowCount;
        })
        .not.toBe(0);
      await connection.query('SELECT pg_sleep(60)');
    },
    { signal: stop.signal },
  );
  await expect(work).rejects.toThrow('enough');
  watcher.release();
});

// Elsewhere the kernel does not tell.
test.runIf(process.platform === 'linux')('idle sessions are probed from this end', async () => {
  const { rows } = await getPool().query<{ port: number }>('SELECT inet_client_port() AS port');
  const port = Number(rows[0]?.port).toString(16).toUpperCase().padStart(4, '0');
  const connections = await readFile('/proc/net/tcp', 'utf8');
  // After the queues comes the timer under way: 02 is that of the keepalive.
  expect(connections).toMatch(new RegExp(`: [0-9A-F]{8}:${port} \\S+ 01 \\S+ 02:`));
});

test('sessions of a worker are probed from the other end, and must not hang in a transaction', async () => {
  const pool = createPool(databaseUrl(), { max: 1, onConnect: noticeDeath });
  const settings = [
    'tcp_keepalives_idle',
    'tcp_keepalives_interval',
    'tcp_keepalives_count',
    'tcp_user_timeout',
    'idle_in_transaction_session_timeout',
    'client_connection_check_interval',
  ];
  const { rows } = await pool.query<{ value: string }>(
    'SELECT current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [settings],
  );
  await pool.end();
  expect(rows.map(({ value }) => value)).toEqual(['10', '5', '3', '30000', '1min', '1s']);
});
