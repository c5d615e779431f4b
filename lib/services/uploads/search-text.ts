import type { Upload } from '#lib/db/generated/client.ts';

/** An index takes up to 2,700 bytes: a key is no longer than 1,024, a name might be anything. */
const longestName = 200;

/**
 * What a search of the Upload History looks through.
 *
 * @example toSearchText({ key: 'dcp/1/2/March.csv', uploadedBy: 'Ada' }) // 'dcp/1/2/march.csv\nada'
 */
export function toSearchText({ key, uploadedBy }: Pick<Upload, 'key' | 'uploadedBy'>): string {
  return `${key}\n${uploadedBy.slice(0, longestName)}`.toLowerCase();
}
