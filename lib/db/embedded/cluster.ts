import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { exists, serverEnvironment, sharedRoot, type Binaries } from './binaries.ts';
import { canReach, type Owner } from './owner.ts';

const run = promisify(execFile);

export interface Cluster {
  /** PostgreSQL's data directory. */
  readonly directory: string;
  readonly password: string;
}

/**
 * Opens the cluster at `directory`, creating it first when there is none. Where PostgreSQL's user
 * cannot reach `directory`, the files live below /var/lib/opendcp and `directory` is a link to them.
 */
export async function openCluster(
  directory: string,
  binaries: Binaries,
  owner: Owner | null,
): Promise<Cluster> {
  const passwordFile = `${directory}-password`;
  const existing = await resolveLink(directory);
  if (existing) {
    return { directory: existing, password: (await readFile(passwordFile, 'utf8')).trim() };
  }
  const password = randomBytes(24).toString('base64url');
  await mkdir(dirname(directory), { recursive: true });
  // Enter, not list: PostgreSQL's user has to pass through the data directory.
  if (owner) await chmod(dirname(directory), 0o711);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (canReach(dirname(directory), owner)) {
    await initialise(directory, { binaries, owner, password });
    return { directory, password };
  }
  await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
  const elsewhere = join(sharedRoot, `data-${randomUUID()}`);
  await initialise(elsewhere, { binaries, owner, password });
  await symlink(elsewhere, directory);
  return { directory: elsewhere, password };
}

async function resolveLink(directory: string): Promise<string | null> {
  const entry = await lstat(directory).catch(() => null);
  if (!entry) return null;
  if (!entry.isSymbolicLink()) return directory;
  const target = await readlink(directory);
  if (await exists(target)) return target;
  throw new Error(
    `The database of this data directory was at ${target}, which is gone. ` +
      'Restore it, or remove the data directory to start afresh.',
  );
}

interface InitialiseOptions {
  readonly binaries: Binaries;
  readonly owner: Owner | null;
  readonly password: string;
}

/** Prepares the cluster beside its place and renames it, so that a killed first start leaves no half cluster. */
async function initialise(directory: string, options: InitialiseOptions): Promise<void> {
  const { binaries, owner, password } = options;
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const scratch = await mkdtemp(join(tmpdir(), 'opendcp-initdb-'));
  const passwordFile = join(scratch, 'password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    for (const path of owner ? [unfinished, scratch, passwordFile] : []) {
      await chown(path, owner?.uid ?? 0, owner?.gid ?? 0);
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        '--username=opendcp',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--locale=C',
        '--encoding=UTF8',
        '--no-instructions',
      ],
      { cwd: '/', env: serverEnvironment(), ...(owner ?? {}) },
    );
    await rename(unfinished, directory);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
