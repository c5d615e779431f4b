// npm run demo: fills the instance that runs on this machine with sample customers, through its S3 endpoint.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { readConfig } from '#lib/config/config.ts';
import { terminalUploadStates } from '#lib/contracts/uploads.ts';
import { getDb } from '#lib/db/client.ts';
import { endPools } from '#lib/db/pool.ts';
import { systemActor, type Actor } from '#lib/services/actor.ts';
import { startDemo } from '#lib/services/demo/start-demo.ts';

const runningInstance = z.object({
  databaseUrl: z.string(),
  port: z.number(),
  profilePort: z.number(),
  s3Port: z.number(),
});
type RunningInstance = z.infer<typeof runningInstance>;

const config = readConfig();
const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;

try {
  const instance = await findInstance();
  process.env['DATABASE_URL'] = instance.databaseUrl;
  process.env['MASTER_KEY'] = await findMasterKey();
  await run(instance);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  if (process.env['DATABASE_URL']) {
    await getDb().$disconnect();
    await endPools();
  }
}

async function run(instance: RunningInstance): Promise<void> {
  const account = await getDb().account.findFirstOrThrow({ orderBy: { id: 'asc' } });
  const actor: Actor = systemActor(account.id);
  console.log('Creating two tables and sending 204,000 rows of sample customers ...');
  const { tables, sent } = await startDemo(actor, urlOf(instance.s3Port));
  await sent;
  await waitForUploads(tables.map(({ id }) => id));
  const dashboard = config.publicUrl ?? urlOf(instance.port);
  for (const { id, name } of tables) console.log(`  ${name}: ${dashboard}/attributes/${id}`);
}

/** Prints what became of each file as soon as it is known. */
async function waitForUploads(tableIds: readonly number[]): Promise<void> {
  const told = new Set<number>();
  for (;;) {
    const uploads = await getDb().upload.findMany({
      where: { tableId: { in: [...tableIds] } },
      orderBy: { id: 'asc' },
    });
    const ended = uploads.filter(({ state }) => terminalUploadStates.some((end) => end === state));
    for (const { id, fileName, state, rowsAccepted, rowsRejected } of ended) {
      if (told.has(id)) continue;
      told.add(id);
      const counts = `${rowsAccepted} rows stored, ${rowsRejected} rejected on purpose`;
      console.log(`  ${fileName}: ${state.replaceAll('_', ' ')}, ${counts}`);
    }
    if (ended.length === uploads.length) return;
    await delay(500);
  }
}

async function findInstance(): Promise<RunningInstance> {
  const file = join(config.dataDir, 'run.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  const instance = text === null ? null : runningInstance.parse(JSON.parse(text));
  if (instance && (await isUp(instance))) return instance;
  throw new Error(
    `No OpenDCP runs on the data directory ${config.dataDir}. Start it with \`npm start\`, or set DATA_DIR.`,
  );
}

async function isUp(instance: RunningInstance): Promise<boolean> {
  try {
    return (await fetch(`${urlOf(instance.profilePort)}/api/health`)).ok;
  } catch {
    return false;
  }
}

async function findMasterKey(): Promise<string> {
  if (config.masterKey) return config.masterKey;
  const text = await readFile(join(config.dataDir, 'master.key'), 'utf8').catch(() => '');
  if (text.trim()) return text.trim();
  throw new Error(
    'There is no master key. Set MASTER_KEY to the one that OpenDCP was started with.',
  );
}

function urlOf(port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
