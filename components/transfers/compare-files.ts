import { formatBytes, formatDateTime } from '#components/format.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { QueuedFile } from './queued-file.ts';

/** What tells a file at a glance from the one that is waited for, in a sentence; null when nothing does. */
export function describeDifference(
  wanted: Pick<QueuedFile, 'name' | 'sizeBytes' | 'lastModified'>,
  file: File,
): string | null {
  if (file.name !== wanted.name) return `That is ${file.name}. Choose ${wanted.name}.`;
  if (file.size !== wanted.sizeBytes) {
    return `That file has ${formatBytes(file.size)}, not ${formatBytes(wanted.sizeBytes)}. Choose the file as it was, or cancel and upload the new one.`;
  }
  if (file.lastModified !== wanted.lastModified) {
    const changed = formatDateTime(new Date(file.lastModified));
    return `That file was changed on ${changed}. Cancel, and upload the new one.`;
  }
  return null;
}

/** The last doubt: whether the bytes are the same. A file that cannot be read is not. */
export async function isSameFile(
  { fingerprint }: Pick<QueuedFile, 'fingerprint'>,
  file: File,
): Promise<boolean> {
  const found = await fingerprintOf(file).catch(() => null);
  return found !== null && found === fingerprint;
}
