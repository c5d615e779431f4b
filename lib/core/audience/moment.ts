import { fail, ok, type Result } from '../result.ts';
import { parseJsonValue } from '../datatypes/parse-json-value.ts';
import type { ValueType } from '../datatypes/types.ts';
import type { Scalar } from './condition.ts';
import { secondsOf } from './typed-value.ts';

/** Datatypes that the date rules are for. */
export type TimeType = Extract<ValueType, 'date' | 'datetime' | 'epoch'>;

/** A day or a second that a rule names; all in UTC. */
export interface Moment {
  readonly precision: 'day' | 'second';
  /** `2024-02-29`, `2024-02-29T10:00:00` or, for an epoch attribute, `1709200800`. */
  readonly text: string;
  /** Its first second, since 1970. */
  readonly start: bigint;
  /** The first second after it. */
  readonly end: bigint;
}

const SECONDS_A_DAY = 86_400n;

const expected = {
  date: 'Expected a date such as 2024-02-29.',
  datetime: 'Expected a date such as 2024-02-29 or a date with time such as 2024-02-29T10:00:00Z.',
  epoch: 'Expected a date, a date with time such as 2024-02-29T10:00:00Z or epoch seconds.',
} as const satisfies Record<TimeType, string>;

/**
 * Reads the value of a date rule. A date attribute takes days, the other two take days and seconds.
 *
 * @returns the moment, or one sentence that says what was expected.
 * @example parseMoment('datetime', '2024-02-29') // { ok: true, value: { precision: 'day', ... } }
 */
export function parseMoment(type: TimeType, value: Scalar): Result<Moment, string> {
  const day = parseJsonValue('date', value);
  if (day.ok) {
    const start = secondsOf(`${day.value}T00:00:00Z`);
    return ok({ precision: 'day', text: day.value, start, end: start + SECONDS_A_DAY });
  }
  if (type === 'date') return fail(expected[type]);
  const time = parseJsonValue('datetime', value);
  if (time.ok) {
    const text = time.value.slice(0, 19);
    const start = secondsOf(`${text}Z`);
    return ok({ precision: 'second', text, start, end: start + 1n });
  }
  const seconds = type === 'epoch' ? parseJsonValue('epoch', value) : time;
  if (!seconds.ok) return fail(expected[type]);
  const start = BigInt(seconds.value);
  return ok({ precision: 'second', text: String(start), start, end: start + 1n });
}
