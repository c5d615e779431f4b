/**
 * Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.
 *
 * @example editDistance('revnue', 'revenue') // 1
 */
export function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap && row > 1 && column > 1) {
        best = Math.min(best, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * The name that was probably meant: the same but for case, blanks and `-`/`_`, else the one with the fewest
 * edits, when they are few for its length.
 *
 * @example nearestName('Revenue ', ['revenue', 'region']) // 'revenue'
 * @example nearestName('zip', ['revenue']) // null
 */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const wanted = simplify(name);
  const same = candidates.find((candidate) => simplify(candidate) === wanted);
  if (same !== undefined) return same;
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const simple = simplify(candidate);
    if (Math.abs(simple.length - wanted.length) >= fewest) continue;
    const edits = editDistance(wanted, simple);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
