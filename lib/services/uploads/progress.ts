import { z } from 'zod';

const count = z.number().min(0);

/** What a worker tells about an upload while it is under way, about once a second. */
const progress = z.object({
  rowsRead: count,
  rowsAccepted: count,
  rowsRejected: count,
  rowsPerSecond: count.nullable().default(null),
  bytesPerSecond: count.nullable().default(null),
});
export type Progress = z.infer<typeof progress>;

/** @param stored `Upload.progress`; null while there is none. */
export function readProgress(stored: unknown): Progress | null {
  return stored === null ? null : progress.parse(stored);
}
