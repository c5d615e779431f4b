import { checkCell } from './check-cell.ts';
import { splitWords } from './split-words.ts';
import type { ValueType } from './types.ts';

/** Seconds that epoch columns really hold: 2001-09-09 to 2286-11-20. */
const PLAUSIBLE_EPOCH = /^[1-9]\d{9}$/;

const FLAG_START = new Set(['is', 'has', 'had', 'can', 'should', 'was', 'uses', 'wants']);
const FLAG_END = new Set(['flag', 'enabled', 'optin', 'subscribed', 'verified', 'member']);
const INSTANT_END = new Set(['at', 'time', 'timestamp', 'datetime', 'ts']);
const DATE_END = new Set(['date', 'day', 'on', 'since', 'birthday', 'dob']);
const DECIMAL = new Set(
  'ltv amount price revenue spend spent value avg average mean rate ratio percent pct score balance cost margin discount probability propensity'.split(
    ' ',
  ),
);
const WHOLE = new Set(
  'count counts qty quantity total age visits visit orders sessions points clicks views purchases days weeks months years logins items'.split(
    ' ',
  ),
);

/**
 * A first guess at an attribute's datatype, for people to confirm. Sample cells decide when there are any;
 * the name decides between readings that the samples leave open (a ten-digit number may be a count or an
 * epoch), and alone when there are none. Digits with leading zeros (postal codes) stay strings.
 *
 * @param header the column's name.
 * @param samples cells of that column, unquoted; empty ones are ignored.
 * @example guessType('is_member') // 'bool'
 * @example guessType('last_seen', ['2024-02-29']) // 'date'
 */
export function guessType(header: string, samples: readonly string[] = []): ValueType {
  const cells = samples.map((sample) => sample.trim()).filter((sample) => sample !== '');
  return cells.length > 0 ? guessFromCells(header, cells) : guessFromName(splitWords(header));
}

function guessFromCells(header: string, cells: readonly string[]): ValueType {
  const byName = guessFromName(splitWords(header));
  if (areAll('long', cells)) {
    if (cells.some((cell) => /^-?0\d/.test(cell))) return 'string';
    const isInstant = byName === 'epoch' || byName === 'datetime' || byName === 'date';
    if (isInstant && cells.every((cell) => PLAUSIBLE_EPOCH.test(cell))) return 'epoch';
    return byName === 'double' ? 'double' : 'long';
  }
  if (areAll('bool', cells)) return 'bool';
  if (areAll('double', cells)) return 'double';
  if (areAll('date', cells)) return 'date';
  if (areAll('datetime', cells)) return 'datetime';
  return 'string';
}

function areAll(type: ValueType, cells: readonly string[]): boolean {
  const encoder = new TextEncoder();
  return cells.every((cell) => {
    const bytes = encoder.encode(cell);
    return checkCell(type, bytes, 0, bytes.length) === null;
  });
}

function guessFromName(words: readonly string[]): ValueType {
  const first = words.at(0) ?? '';
  const last = words.at(-1) ?? '';
  if (words.includes('epoch') || words.includes('unix')) return 'epoch';
  if (FLAG_START.has(first) || FLAG_END.has(last) || words.join(' ').endsWith('opt in'))
    return 'bool';
  if (INSTANT_END.has(last)) return 'datetime';
  if (DATE_END.has(last)) return 'date';
  if (words.some((word) => WHOLE.has(word)) && !DECIMAL.has(last)) return 'long';
  if (words.some((word) => DECIMAL.has(word))) return 'double';
  return 'string';
}
