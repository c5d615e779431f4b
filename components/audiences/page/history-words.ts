import type { AudienceHistory } from '#lib/contracts/audiences.ts';

type Mark = AudienceHistory['marks'][number];

export function describeMark(mark: Mark): string {
  if (mark.kind === 'upload') return `Upload of ${mark.fileName} to ${mark.tableName}`;
  const what = mark.version === 1 ? 'Created' : `Version ${mark.version}`;
  return `${what} by ${mark.by}`;
}
