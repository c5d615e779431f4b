import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '#lib/config/config.ts';
import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { endPools, getPool } from '#lib/db/pool.ts';
import { bootstrap } from '#lib/services/bootstrap.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { describeAddresses } from './addresses.ts';
import { openDatabase } from './database.ts';
import { InstanceLock } from './instance-lock.ts';
import type { RunningDatabase } from './keep-running.ts';
import { loadMasterKey } from './master-key.ts';
import { requireFreePorts } from './ports.ts';
import { RoleProcess } from './role-process.ts';
import { watchSources } from './watch-sources.ts';

let lock: InstanceLock | undefined;
let database: RunningDatabase | undefined;
let roles: RoleProcess[] = [];
let stopping: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(0));
}
// The script that started the launcher was killed.
process.on('disconnect', () => void stop(0));

try {
  await start();
} catch (error) {
  if (!stopping) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`OpenDCP cannot start. ${reason}`);
    if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const config = readConfig();
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  lock = await InstanceLock.take(config.dataDir, () => {
    console.log('Waiting for the instance that is stopping on the same data directory …');
  });
  await requireFreePorts(config);
  process.env['DATA_DIR'] = config.dataDir;
  process.env['MASTER_KEY'] = await loadMasterKey(config);

  database = await openDatabase(config);
  process.env['DATABASE_URL'] = database.url;
  await migrate(database.url);
  await prepareStore(getPool());
  const { setupSecret } = await bootstrap({ config: roleConfig() });
  await getDb().$disconnect();
  await endPools();

  // For scripts on this machine, such as the demo.
  await writeFile(
    join(config.dataDir, 'run.json'),
    JSON.stringify({
      pid: process.pid,
      databaseUrl: database.url,
      port: config.port,
      profilePort: config.profilePort,
      s3Port: config.s3Port,
    }),
    { mode: 0o600 },
  );

  roles = config.roles.map((role) => new RoleProcess(role, process.env));
  await Promise.all(roles.map((role) => role.start()));
  if (process.env['NODE_ENV'] === 'development') {
    const reloaded = roles.filter(({ role }) => role !== 'web');
    watchSources(() => reloaded.forEach((role) => void role.restart()));
  }
  console.log(describeAddresses(config, setupSecret));
}

/** Roles first, PostgreSQL last. */
function stop(code: number): Promise<never> {
  lock?.announceStop();
  stopping ??= (async () => {
    await Promise.all(roles.map((role) => role.stop()));
    await database?.stop();
    process.exit(code);
  })();
  return stopping;
}
