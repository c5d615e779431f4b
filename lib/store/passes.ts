import type { SampledChanges } from './sample-changes.ts';

/*
 * The new version of a row goes into the free room of its page, a tenth of it, and then the key's index is left
 * alone. Where more rows of a page change than fit, they are changed in several passes over the table: until
 * the next one comes, the versions before are dead, and their room is free again.
 */

/** Of a page's rows, so many are changed in one pass: half of what its room would do for. */
const passShare = 0.05;
const mostPasses = 32;

/** In how many passes rows are changed. */
export function passesFor({ neighbours }: Pick<SampledChanges, 'neighbours'>): number {
  return Math.min(mostPasses, Math.max(1, Math.ceil(neighbours / passShare)));
}

/** SQL for the pass that a row of the table is changed in, counted from 0. */
export function passOf(place: string, passes: number): string {
  return passes === 1 ? '0' : `((hashtid(${place}) & 2147483647) % ${passes})`;
}
