import { open } from 'node:fs/promises';

/** Makes the names in a directory, hence a rename into it, survive a power loss. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
