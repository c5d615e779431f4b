import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/** One hash over the contents of files and folders of the project; a missing one counts as empty. */
async function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) await add(hash, path);
  return hash.digest('hex');
}

async function add(hash, path) {
  const entry = await stat(join(root, path)).catch(() => null);
  if (!entry) return;
  if (!entry.isDirectory()) {
    hash.update(`${path}\0`).update(await readFile(join(root, path)));
    return;
  }
  for (const name of (await readdir(join(root, path))).sort()) {
    if (name === 'generated' || name.includes('.test.')) continue;
    await add(hash, `${path}/${name}`);
  }
}

/** Does `work` unless it was done before for the same sources; remembers it in `stamp` afterwards. */
export async function unlessFresh({ stamp, sources, work }) {
  const file = join(root, stamp);
  const wanted = await fingerprint(sources);
  const done = await readFile(file, 'utf8').catch(() => '');
  if (done === wanted) return;
  await work();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wanted);
}
