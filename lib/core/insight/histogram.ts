import type { ScalePoint } from './value-scale.ts';

export interface Range {
  readonly from: ScalePoint;
  /** Not part of the range, except of the last one. */
  readonly to: ScalePoint;
  readonly count: number;
}

const mostRanges = 20;

/**
 * Counts points by ranges of equal width from the smallest to the largest. Whole numbers have whole ranges, so that each of a few
 * different ones has a range to itself.
 *
 * @param points each place once, with how often it occurs; in any order.
 * @example histogramOf([[1n, 5], [2n, 3]]) // [{ from: 1n, to: 2n, count: 5 }, { from: 2n, to: 2n, count: 3 }]
 */
export function histogramOf(points: readonly (readonly [ScalePoint, number])[]): Range[] {
  const [first] = points;
  if (!first) return [];
  let [min] = first;
  let max = min;
  for (const [point] of points) {
    if (point < min) min = point;
    if (point > max) max = point;
  }
  const edges = edgesOf(min, max);
  const counts = edges.slice(1).map(() => 0);
  for (const [point, count] of points) {
    const index = indexOf(point, edges);
    counts[index] = (counts[index] ?? 0) + count;
  }
  return counts.map((count, index) => ({
    from: edges[index] ?? min,
    to: edges[index + 1] ?? max,
    count,
  }));
}

function edgesOf(min: ScalePoint, max: ScalePoint): ScalePoint[] {
  if (min === max) return [min, max];
  if (typeof min === 'bigint' && typeof max === 'bigint') return wholeEdges(min, max);
  const [low, high] = [Number(min), Number(max)];
  const edges = Array.from({ length: mostRanges + 1 }, (_, index) => {
    const share = index / mostRanges;
    // The difference of two doubles may be beyond the largest one.
    return low * (1 - share) + high * share;
  });
  // Between neighbours there are no edges.
  return [...new Set([low, ...edges.slice(1, -1), high])];
}

function wholeEdges(min: bigint, max: bigint): bigint[] {
  const ranges = BigInt(mostRanges);
  const width = (max - min + ranges) / ranges;
  const edges = [min];
  for (let edge = min + width; edge <= max; edge += width) edges.push(edge);
  return [...edges, max];
}

/** The range that a point between the first and the last edge is in. */
function indexOf(point: ScalePoint, edges: readonly ScalePoint[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const edge = edges[middle];
    if (edge !== undefined && edge <= point) low = middle;
    else high = middle - 1;
  }
  return low;
}
