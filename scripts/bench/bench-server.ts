import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDb } from '#lib/db/client.ts';
import { startDatabase, type Database } from '#lib/db/embedded/start.ts';
import { migrate } from '#lib/db/migrate.ts';
import { endPools, getPool } from '#lib/db/pool.ts';
import { prepareStore } from '#lib/store/prepare.ts';

/** An installation of its own for one run, with the product's own settings. */
export interface BenchServer {
  readonly directory: string;
  /** The server as it runs now. */
  database(): Database;
  /** `kill -9`, and up again on the same port. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** @param parent where its directory is made; the system's temporary one when `null`. */
export async function startBenchServer(parent: string | null): Promise<BenchServer> {
  const directory = await mkdtemp(join(parent ?? tmpdir(), 'opendcp-bench-'));
  await chmod(directory, 0o711);
  const cluster = join(directory, 'postgres');
  let database = await startDatabase({ directory: cluster });
  const port = Number(new URL(database.url).port);
  process.env['DATABASE_URL'] = database.url;
  await migrate(database.url);
  await prepareStore(getPool());
  return {
    directory,
    database: () => database,
    crash: async () => {
      process.kill(database.pid, 'SIGKILL');
      await database.exited;
      database = await startDatabase({ directory: cluster, port });
    },
    stop: async () => {
      await getDb().$disconnect();
      await endPools();
      await database.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
