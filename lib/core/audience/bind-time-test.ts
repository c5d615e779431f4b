import { fail, ok, type Result } from '../result.ts';
import type { Scalar } from './condition.ts';
import type { ConditionFault } from './condition-fault.ts';
import { MAX_DAYS } from './limits.ts';
import { parseMoment, type TimeType } from './moment.ts';
import { parseValues, unorderedFault, type RuleValue } from './parse-values.ts';
import type { MonthDay, ValueTest } from './value-test.ts';

interface TimeRule extends RuleValue {
  readonly type: TimeType;
}

/** Dates, times and epochs are asked the same questions. */
export function bindTimeTest({ type, match, value }: TimeRule): Result<ValueTest, ConditionFault> {
  switch (match) {
    case 'in_last_days':
    case 'in_next_days': {
      const parsed = parseValues({ match, value, parse: parseDays });
      if (!parsed.ok) return parsed;
      const direction = match === 'in_last_days' ? 'last' : 'next';
      return ok({ kind: 'time-within', direction, days: parsed.value[0] });
    }
    case 'anniversary': {
      const parsed = parseValues({ match, value, parse: parseMonthDay });
      return parsed.ok ? ok({ kind: 'anniversary', day: parsed.value[0] }) : parsed;
    }
    default:
      return bindMoments({ type, match, value });
  }
}

function bindMoments({ type, match, value }: TimeRule): Result<ValueTest, ConditionFault> {
  const parsed = parseValues({ match, value, parse: (one) => parseMoment(type, one) });
  if (!parsed.ok) return parsed;
  const [moment, to = moment] = parsed.value;
  if (match === 'before') return ok({ kind: 'time-before', moment });
  if (match === 'after') return ok({ kind: 'time-after', moment });
  if (match === 'between') {
    if (moment.start > to.start) return fail(unorderedFault);
    return ok({ kind: 'time-between', from: moment, to });
  }
  if (moment.precision === 'day') return ok({ kind: 'time-on', moment });
  return fail({ path: ['value'], message: 'Expected a date such as 2024-02-29.' });
}

function parseDays(value: Scalar): Result<number, string> {
  const days = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  const isNumberOfDays =
    typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MAX_DAYS;
  return isNumberOfDays
    ? ok(days)
    : fail(`Expected a number of days from 1 to ${MAX_DAYS.toLocaleString('en')}.`);
}

/** `today`, or month and day as they stand in a date: `12-24`. */
function parseMonthDay(value: Scalar): Result<'today' | MonthDay, string> {
  if (value === 'today') return ok(value);
  // A leap year has every day that there is.
  const day = typeof value === 'string' ? parseMoment('date', `2000-${value}`) : null;
  if (!day?.ok) return fail('Expected "today" or month and day such as 12-24.');
  const [month, dayOfMonth] = [day.value.text.slice(5, 7), day.value.text.slice(8, 10)];
  return ok({ month: Number(month), day: Number(dayOfMonth) });
}
