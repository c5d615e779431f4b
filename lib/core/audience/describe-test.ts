import type { ValueType } from '../datatypes/types.ts';
import type { Moment } from './moment.ts';
import type { Comparison, MonthDay, ValueTest } from './value-test.ts';

interface Wording {
  readonly type: ValueType;
  readonly isNegated: boolean;
}

const LISTED_AT_MOST = 5;

/**
 * What a rule says of its attribute, in words that follow the attribute's name.
 *
 * @example describeTest({ kind: 'exists' }, { type: 'long', isNegated: true }) // 'has no value'
 */
export function describeTest(test: ValueTest, { type, isNegated }: Wording): string {
  const is = isNegated ? 'is not' : 'is';
  switch (test.kind) {
    case 'exists':
      return isNegated ? 'has no value' : 'has a value';
    case 'text-is':
      return `${is} ${anyOf(test.values.map(quote))}${inAnyCase(test.ignoreCase)}`;
    case 'text-has':
      return `${textVerb(test.where, isNegated)} ${quote(test.text)}${inAnyCase(test.ignoreCase)}`;
    case 'bool-is':
      return `${is} ${test.value}`;
    case 'number-is':
      return `${is} ${anyOf([...test.values].map(String))}`;
    case 'number-compares':
      return `${is} ${comparisons[test.comparison]} ${test.value}`;
    case 'number-between':
      return `${is} from ${test.low} to ${test.high}`;
    case 'time-on':
      return `${is} on ${momentText(test.moment)}`;
    case 'time-before':
      return `${is} before ${momentText(test.moment)}`;
    case 'time-after':
      return `${is} after ${momentText(test.moment)}`;
    case 'time-between':
      return `${is} from ${momentText(test.from)} to ${momentText(test.to)}`;
    case 'time-within':
      return `${is} in the ${test.direction} ${daysText(test.days, type)}`;
    case 'anniversary':
      return `${isNegated ? 'does not have' : 'has'} its anniversary ${dayText(test.day)}`;
  }
}

const comparisons = {
  lt: 'less than',
  le: 'at most',
  gt: 'more than',
  ge: 'at least',
} as const satisfies Record<Comparison, string>;

const textVerbs = {
  anywhere: ['contains', 'does not contain'],
  start: ['starts with', 'does not start with'],
  end: ['ends with', 'does not end with'],
} as const;

function textVerb(where: keyof typeof textVerbs, isNegated: boolean): string {
  return textVerbs[where][isNegated ? 1 : 0];
}

function anyOf(values: readonly string[]): string {
  const [only = ''] = values;
  if (values.length === 1) return only;
  const shown = values.slice(0, LISTED_AT_MOST).join(', ');
  const others = values.length - LISTED_AT_MOST;
  return `any of ${others > 0 ? `${shown} and ${others} more` : shown}`;
}

function quote(text: string): string {
  return `"${text}"`;
}

function inAnyCase(ignoreCase: boolean): string {
  return ignoreCase ? ' in letters of any case' : '';
}

function momentText({ text }: Moment): string {
  return text.replace('T', ' ');
}

/** Times are counted back from now, days of the calendar from today. */
function daysText(days: number, type: ValueType): string {
  if (days === 1) return type === 'date' ? 'day' : '24 hours';
  return `${days} days`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function dayText(day: 'today' | MonthDay): string {
  return day === 'today' ? 'today' : `on ${day.day} ${months[day.month - 1] ?? ''}`;
}
