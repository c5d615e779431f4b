import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/config/config.ts';

/** The key that encrypts secrets at rest: from the environment, else generated once into the data directory. */
export async function loadMasterKey(config: Config): Promise<string> {
  if (config.masterKey) return config.masterKey;
  const file = join(config.dataDir, 'master.key');
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored?.trim()) return stored.trim();
  const generated = randomBytes(32).toString('base64url');
  await writeFile(file, `${generated}\n`, { mode: 0o600 });
  return generated;
}
