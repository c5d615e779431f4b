import type { Moment } from '#lib/core/audience/moment.ts';
import { LAST_CALENDAR_SECOND } from '#lib/core/audience/test-time.ts';
import type { MonthDay, ValueTest } from '#lib/core/audience/value-test.ts';
import { assertNever } from '#lib/core/assert-never.ts';
import type { ColumnContext } from './column-context.ts';

type TimeTest = Extract<ValueTest, { kind: `time-${string}` | 'anniversary' }>;

/** A date rule as SQL. PostgreSQL does the calendar, so that the two ways of asking check each other. */
export function compileTimeTest(test: TimeTest, context: ColumnContext): string {
  const { column } = context;
  switch (test.kind) {
    case 'time-on':
      return `${column} >= ${firstOf(test.moment, context)} AND ${notAfter(test.moment, context)}`;
    case 'time-before':
      return `${column} < ${firstOf(test.moment, context)}`;
    case 'time-after':
      return `NOT (${notAfter(test.moment, context)})`;
    case 'time-between':
      return `${column} >= ${firstOf(test.from, context)} AND ${notAfter(test.to, context)}`;
    case 'time-within': {
      const here = nowOf(context);
      const days = daysOf(test.days, context);
      return test.direction === 'last'
        ? `${column} BETWEEN ${here} - ${days} AND ${here}`
        : `${column} BETWEEN ${here} AND ${here} + ${days}`;
    }
    case 'anniversary':
      return anniversary(test.day, context);
    default:
      return assertNever(test);
  }
}

/** The moment's first second, or the day itself for a date. */
function firstOf({ text }: Moment, { type, parameters }: ColumnContext): string {
  if (type === 'date') return parameters.add(text, 'date');
  if (type === 'datetime') return parameters.add(text, 'timestamp');
  return /^\d+$/.test(text)
    ? parameters.add(text, 'bigint')
    : secondsOf(parameters.add(text, 'timestamp'));
}

/** SQL that is true up to the moment's last second. */
function notAfter(moment: Moment, context: ColumnContext): string {
  const { column, type, parameters } = context;
  if (type === 'date' || moment.precision === 'second') {
    return `${column} <= ${firstOf(moment, context)}`;
  }
  const nextDay = `${parameters.add(moment.text, 'timestamp')} + interval '1 day'`;
  return `${column} < ${type === 'epoch' ? secondsOf(nextDay) : nextDay}`;
}

/** Now as the column's type has it. Stored times have whole seconds; so does now. */
function nowOf({ type, parameters, now }: ColumnContext): string {
  const timestamp = parameters.add(now.toISOString().slice(0, 19), 'timestamp');
  if (type === 'date') return `${timestamp}::date`;
  return type === 'epoch' ? secondsOf(timestamp) : timestamp;
}

function daysOf(days: number, { type, parameters }: ColumnContext): string {
  const count = parameters.add(days, 'integer');
  if (type === 'date') return count;
  return type === 'epoch' ? `${count} * 86400::bigint` : `make_interval(days => ${count})`;
}

function anniversary(day: 'today' | MonthDay, context: ColumnContext): string {
  const date = dayOf(context);
  if (day !== 'today') {
    const month = context.parameters.add(day.month, 'integer');
    const dayOfMonth = context.parameters.add(day.day, 'integer');
    return `extract(month FROM ${date}) = ${month} AND extract(day FROM ${date}) = ${dayOfMonth}`;
  }
  // Adding years to 29 February gives the 28th where there is no 29th, which is what is wanted.
  const now = context.parameters.add(context.now.toISOString().slice(0, 10), 'date');
  const years = `extract(year FROM ${now})::integer - extract(year FROM ${date})::integer`;
  return `(${date} + make_interval(years => ${years}))::date = ${now}`;
}

/** The column's day. An epoch beyond the calendar has none, and PostgreSQL would fail on it. */
function dayOf({ column, type }: ColumnContext): string {
  if (type === 'date') return column;
  if (type === 'datetime') return `${column}::date`;
  const day = `(to_timestamp(${column}) AT TIME ZONE 'UTC')::date`;
  return `CASE WHEN ${column} <= ${LAST_CALENDAR_SECOND} THEN ${day} END`;
}

function secondsOf(timestamp: string): string {
  return `extract(epoch FROM ${timestamp})::bigint`;
}
