import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { uploadFile } from '#lib/ingest/testing/uploads.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { createTestTable, readValues } from '#lib/store/testing/fixtures.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';

useTestDatabase();

let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await prepareStore(getPool());
  dataDir = await mkdtemp(join(tmpdir(), 'opendcp-worker-main-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

/** As the launcher starts the role; gives the process and what it printed. */
function start(environment: Record<string, string> = {}) {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      LOG_LEVEL: 'info',
      DATA_DIR: dataDir,
      MASTER_KEY: 'k'.repeat(43),
      ...environment,
    },
  });
  children.push(child);
  const output: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return { child, output };
}

test('is ready, loads uploads without a word of their contents, and stops on SIGTERM', async () => {
  const table = await createTestTable();
  const blobs = await FileBlobStore.open({ directory: join(dataDir, 'objects') });
  const { child, output } = start();
  expect(await once(child, 'message')).toEqual([{ kind: 'ready' }, undefined]);
  const good = await uploadFile(blobs, table.tableId, {
    content: 'customerId,string,long\nsecret-id,secret-value,1\nother-id,x,secret-number\n',
  });
  const bad = await uploadFile(blobs, table.tableId, { content: 'customerId,secret-header\n' });
  await eventually(async () => {
    const rows = await getDb().upload.findMany({ where: { id: { in: [good, bad] } } });
    return rows.map(({ state }) => state).sort();
  }).toEqual(['completed_with_errors', 'failed']);
  expect(await readValues(table, 'secret-id')).toEqual({ string: 'secret-value', long: '1' });
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(output.join('')).toContain('Loaded an upload.');
  expect(output.join('')).not.toMatch(/secret-|left undone/);
});

test('ends with its launcher', async () => {
  const { child } = start();
  await once(child, 'message');
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test('says in one sentence why it cannot start', async () => {
  const { child } = start({ DATA_DIR: '/dev/null/nowhere' });
  const exited = once(child, 'exit');
  expect(await once(child, 'message')).toMatchObject([{ kind: 'failed' }, undefined]);
  expect(await exited).toEqual([1, null]);
});
