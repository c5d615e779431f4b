const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;
const lastCodePoint = 0x10ffff;

/**
 * The least text that is greater than every text with this prefix, by code points, which is also the order
 * of UTF-8 bytes; null when there is none.
 *
 * @example endOfPrefix('dcp/5/') // 'dcp/50'
 */
export function endOfPrefix(prefix: string): string | null {
  const codePoints = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = codePoints.pop(); last !== undefined; last = codePoints.pop()) {
    if (last === lastCodePoint) continue;
    const next = last + 1 === firstSurrogate ? lastSurrogate + 1 : last + 1;
    return String.fromCodePoint(...codePoints, next);
  }
  return null;
}
