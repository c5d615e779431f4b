import type { AudienceHistory } from '#lib/contracts/audiences.ts';

type Count = AudienceHistory['counts'][number];
type Mark = AudienceHistory['marks'][number];

/** A place of the plot: 0 to 1 from its left edge, and from its bottom. */
export interface PlottedCount {
  readonly x: number;
  readonly y: number;
  readonly count: Count;
}

/** Marks too close to be told apart stand in one place. */
export interface PlottedMarks {
  readonly x: number;
  readonly marks: readonly Mark[];
}

export interface HistoryPlot {
  readonly points: readonly PlottedCount[];
  readonly marks: readonly PlottedMarks[];
  /** Of the lower and upper edge. */
  readonly least: number;
  readonly most: number;
  readonly from: Date;
  readonly to: Date;
}

/** A mark is about as wide as this share of the plot on a phone. */
const MARK_WIDTH = 0.05;

/** `null` before the first count. */
export function plotHistory({ counts, marks }: AudienceHistory, now: Date): HistoryPlot | null {
  const [first] = counts;
  if (!first) return null;
  const edits = marks.filter(({ kind }) => kind === 'edit');
  const start = Math.min(
    ...[first.countedAt, ...edits.map(({ at }) => at)].map((at) => Date.parse(at)),
  );
  // A history of minutes is not stretched over the whole width.
  const from = Math.min(start, now.getTime() - 60_000);
  const span = now.getTime() - from;
  const placeOf = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - from) / span));
  const { least, most } = edgesOf(counts.map(({ size }) => size));
  const points = counts.map((count) => ({
    x: placeOf(count.countedAt),
    y: (count.size - least) / (most - least),
    count,
  }));
  const shown = marks.filter(({ at }) => Date.parse(at) >= from);
  const marksAt = gather(shown.map((mark) => ({ x: placeOf(mark.at), mark })));
  return { points, marks: marksAt, least, most, from: new Date(from), to: now };
}

/** From zero, unless that would make every change too small to see. */
function edgesOf(sizes: readonly number[]): { readonly least: number; readonly most: number } {
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const spread = high - low;
  if (low < high / 2 || spread === 0) return { least: 0, most: Math.max(1, niceAbove(high)) };
  const margin = Math.ceil(spread * 0.25);
  return { least: Math.max(0, low - margin), most: high + margin };
}

/** 1,234 becomes 1,500: an edge that is easy to read. */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= value) ?? 10;
  return Math.ceil(step * unit);
}

function gather(
  placed: readonly { readonly x: number; readonly mark: Mark }[],
): readonly PlottedMarks[] {
  const groups: { x: number; marks: Mark[] }[] = [];
  for (const { x, mark } of placed) {
    const last = groups.at(-1);
    if (last && x - last.x < MARK_WIDTH) last.marks.push(mark);
    else groups.push({ x, marks: [mark] });
  }
  return groups;
}

/** The line of sizes: each holds until the next count. In a box of 100 by 100, from the top. */
export function linePath(points: readonly PlottedCount[]): string {
  const steps = points.map(({ x, y }, index) => {
    const [across, down] = [round(x * 100), round(100 - y * 100)];
    return index === 0 ? `M${across} ${down}` : `H${across}V${down}`;
  });
  return `${steps.join('')}H100`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
