import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDatabase } from './start.ts';

const settings = { shared_buffers: '32MB' };
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opendcp-embedded-'));
  await chmod(directory, 0o711);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // The server under test is killed.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

test('a server killed while unlogged tables are made starts again with what was committed', async () => {
  const first = await startDatabase({ directory: join(directory, 'postgres'), settings });
  const maker = await connect(first.url);
  await maker.query('BEGIN; CREATE UNLOGGED TABLE never_committed (id int)');
  // A commit of somebody else takes the records of the open transaction to the disk.
  const other = await connect(first.url);
  await other.query('CREATE TABLE kept AS SELECT 42 AS value');

  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await startDatabase({ directory: join(directory, 'postgres'), settings });
  const reader = await connect(second.url);
  const { rows } = await reader.query(
    `SELECT value, to_regclass('never_committed') AS "neverCommitted" FROM kept`,
  );
  expect(rows).toEqual([{ value: 42, neverCommitted: null }]);
  await reader.end();
  await second.stop();
});

test('a server that cannot start says why', async () => {
  await expect(
    startDatabase({ directory: join(directory, 'postgres'), settings: { shared_buffers: 'much' } }),
  ).rejects.toThrow(/did not start.*invalid value for parameter "shared_buffers": "much"/);
});
