import { formatValue } from '../datatypes/format-value.ts';
import type { ValueType } from '../datatypes/types.ts';
import { estimateDistinct } from './estimate-distinct.ts';
import { histogramOf } from './histogram.ts';
import type { ValueCounts } from './value-counts.ts';
import { scaleOf, type ScalePoint, type ValueScale } from './value-scale.ts';

/** A longer text says nothing in a list, and is nothing to choose by. */
export const longestShown = 200;

/** A value is named only when at least so many rows that were read have it: the others are a few customers' own. */
const fewestRows = 5;

const mostTop = 10;

export interface ReadValues {
  readonly type: ValueType;
  readonly counts: ValueCounts;
  /** Rows that were read, with or without a value. */
  readonly rowsRead: number;
  /** Rows of the table. */
  readonly rowCount: number;
}

/** What there is to know of an attribute; shares are of the rows with a value. */
export interface ValueSummary {
  /** `null` when no row was read. */
  readonly fillRate: number | null;
  readonly distinct: number | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly top: readonly { readonly value: string; readonly share: number }[];
  readonly histogram: readonly {
    readonly from: string;
    readonly to: string;
    readonly share: number;
  }[];
}

/**
 * Sums up the values of an attribute that were read.
 *
 * @example summariseValues({ type: 'long', counts: new Map([['5', 9]]), rowsRead: 10, rowCount: 10 })
 * // { fillRate: 0.9, distinct: 1, min: '5', max: '5', top: [{ value: '5', share: 1 }], histogram: [...] }
 */
export function summariseValues({ type, counts, rowsRead, rowCount }: ReadValues): ValueSummary {
  let read = 0;
  let once = 0;
  for (const count of counts.values()) {
    read += count;
    if (count === 1) once += 1;
  }
  const isWhole = rowsRead >= rowCount;
  const filled = isWhole ? read : Math.round((read / rowsRead) * rowCount);
  return {
    fillRate: rowsRead === 0 ? null : read / rowsRead,
    distinct:
      rowsRead === 0 ? null : estimateDistinct({ distinct: counts.size, once, read, filled }),
    top: topOf(type, counts, read),
    ...spreadOf(scaleOf(type), counts, read),
  };
}

function topOf(type: ValueType, counts: ValueCounts, read: number): ValueSummary['top'] {
  return [...counts]
    .filter(([value, count]) => count >= fewestRows && value.length <= longestShown)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, mostTop)
    .map(([value, count]) => ({ value: formatValue(type, value), share: count / read }));
}

function spreadOf(
  scale: ValueScale | undefined,
  counts: ValueCounts,
  read: number,
): Pick<ValueSummary, 'min' | 'max' | 'histogram'> {
  if (!scale || counts.size === 0) return { min: null, max: null, histogram: [] };
  const points = [...counts].map(([text, count]) => [scale.toPoint(text), count] as const);
  let min: ScalePoint | undefined;
  let max: ScalePoint | undefined;
  for (const [point] of points) {
    if (min === undefined || point < min) min = point;
    if (max === undefined || point > max) max = point;
  }
  return {
    min: min === undefined ? null : scale.toText(min),
    max: max === undefined ? null : scale.toText(max),
    histogram: histogramOf(points).map(({ from, to, count }) => ({
      from: scale.toText(from),
      to: scale.toText(to),
      share: count / read,
    })),
  };
}
