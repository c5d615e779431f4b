/**
 * What "ignore case" compares: every letter in lower case, one for one. The Turkish İ is an i, and the
 * Greek ς, which only stands at a word's end, is a σ, so that the result does not depend on the letters
 * around. The same as `profiles.fold_case` in SQL (docs/decisions/040-audience-logic.md).
 *
 * @example foldCase('ΟΔΟΣ') === foldCase('οδος') // true
 */
export function foldCase(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ');
}
