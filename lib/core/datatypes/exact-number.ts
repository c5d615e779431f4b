/**
 * A JSON number that a JavaScript number would not hold: its digits as they were sent.
 *
 * @example parseJsonExact('9223372036854775807') // ExactNumber { source: '9223372036854775807' }
 */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Node passes a number's own text to the reviver; TypeScript's library does not know it yet. */
type ReviverWithSource = (key: string, value: unknown, context: { source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: ReviverWithSource) => unknown;

/** What a number needs to have so that it loses something; asking each number costs ten times as much. */
const mayLose = /\d{16}|\d[eE]/;

/**
 * `JSON.parse` that loses no number: integers beyond ±(2^53 − 1), numbers that overflow and non-zero
 * numbers that round to zero arrive as `ExactNumber`, all others as usual.
 *
 * @throws {SyntaxError} as `JSON.parse` does.
 * @example parseJsonExact('{"a": 1, "b": 9007199254740993}') // { a: 1, b: ExactNumber('9007199254740993') }
 */
export function parseJsonExact(text: string): unknown {
  if (!mayLose.test(text)) return JSON.parse(text);
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && losesMeaning(value, source)
      ? new ExactNumber(source)
      : value,
  );
}

function losesMeaning(value: number, source: string): boolean {
  if (value === 0) return /^[^eE]*[1-9]/.test(source);
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}
