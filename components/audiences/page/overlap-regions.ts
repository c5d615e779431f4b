import type { AudienceOverlap } from '#lib/contracts/audiences.ts';

export interface Region {
  /** Which audiences, by their place: "02" is the first and the third. */
  readonly key: string;
  readonly size: number;
  readonly words: string;
}

/** Every region, those that are empty, too; from what is in most audiences to what is in one. */
export function regionsOf({ audiences, regions }: AudienceOverlap): readonly Region[] {
  const keyOf = (ids: readonly number[]) =>
    audiences.flatMap(({ id }, index) => (ids.includes(id) ? [index] : [])).join('');
  const sizes = new Map(regions.map(({ ids, size }) => [keyOf(ids), size]));
  return keysOf(audiences.length).map((key) => ({
    key,
    size: sizes.get(key) ?? 0,
    words: wordsOf(key, audiences),
  }));
}

function keysOf(count: number): readonly string[] {
  return count === 2 ? ['01', '0', '1'] : ['012', '01', '02', '12', '0', '1', '2'];
}

function wordsOf(key: string, audiences: AudienceOverlap['audiences']): string {
  const names = Array.from(key, (place) => audiences[Number(place)]?.name ?? '');
  if (names.length === audiences.length) return names.length === 2 ? 'In both' : 'In all three';
  if (names.length === 1) return `Only in ${names[0] ?? ''}`;
  return `In ${names.join(' and ')} only`;
}
