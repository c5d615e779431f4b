/** One line of the product changed, so that some operator means something else. */
export interface Mutation {
  readonly file: string;
  /** Must be in the file once. */
  readonly from: string;
  readonly to: string;
}

function inFile(file: string, changes: readonly (readonly [string, string])[]): Mutation[] {
  return changes.map(([from, to]) => ({ file, from, to }));
}

/** At least one for every operator, in memory and in SQL, and for what holds the operators together. */
export const mutations: readonly Mutation[] = [
  ...inFile('lib/core/audience/test-value.ts', [
    [
      "test.kind === 'exists') return value !== null",
      "test.kind === 'exists') return value === null",
    ],
    ['if (value === null) return null;', 'if (value === null) return false;'],
    ['value === test.value : null', 'value !== test.value : null'],
    ['test.ignoreCase ? foldCase(value) : value', 'value'],
    ['return test.accepted.has(text)', 'return test.values.includes(value)'],
    ['text.includes(test.needle)', 'text.startsWith(test.needle)'],
    ['text.startsWith(test.needle)', 'text.includes(test.needle)'],
    ['text.endsWith(test.needle)', 'text.includes(test.needle)'],
    ['return test.values.has(value)', 'return !test.values.has(value)'],
    ['value >= test.low &&', 'value > test.low &&'],
    ['&& value <= test.high', '&& value < test.high'],
    ['return value < other;', 'return value <= other;'],
    ['return value <= other;', 'return value < other;'],
    ['return value > other;', 'return value >= other;'],
    ['return value >= other;', 'return value > other;'],
  ]),
  ...inFile('lib/core/audience/test-time.ts', [
    [
      'value >= test.moment.start && value < test.moment.end',
      'value >= test.moment.start && value <= test.moment.end',
    ],
    ['return value < test.moment.start;', 'return value <= test.moment.start;'],
    ['return value >= test.moment.end;', 'return value > test.moment.end;'],
    ['value < test.to.end', 'value < test.to.start'],
    ['? here - value : value - here', '? value - here : here - value'],
    ['distance >= 0n', 'distance > 0n'],
    ['distance <= BigInt', 'distance < BigInt'],
    ['isLeapDay && !isLeapYear', 'isLeapDay && isLeapYear'],
    ['left.day === right.day', 'left.day >= right.day'],
    ['left.month === right.month', 'left.month >= right.month'],
    ['value > LAST_CALENDAR_SECOND) return null', 'value > LAST_CALENDAR_SECOND) return false'],
  ]),
  ...inFile('lib/core/audience/evaluate.ts', [
    [
      'combine(condition.conditions, { profile, decisive: true })',
      'combine(condition.conditions, { profile, decisive: false })',
    ],
    ['if (part === null) verdict = null;', ''],
    ['verdict === null ? null : !verdict', '!verdict'],
  ]),
  ...inFile('lib/core/audience/can-hold.ts', [
    ['isPresence ? [true, false] : [true, false, null]', '[true]'],
    ['new Set([isPresence ? false : null])', 'new Set([null])'],
  ]),
  ...inFile('lib/store/audience/compile-condition.ts', [
    ["condition.kind === 'and' ? ' AND ' : ' OR '", "' AND '"],
    ['`(NOT ${', '`(TRUE IS DISTINCT FROM ${'],
    ["return 'NULL::boolean';", "return 'FALSE';"],
    ["test.kind === 'exists' ? 'FALSE' : 'NULL::boolean'", "'FALSE'"],
  ]),
  ...inFile('lib/store/audience/compile-test.ts', [
    ["lt: '<'", "lt: '<='"],
    ["le: '<='", "le: '<'"],
    ["gt: '>'", "gt: '>='"],
    ["ge: '>='", "ge: '>'"],
    ['${column} IS NOT NULL', '${column} IS NULL'],
    ['test.value ? column', '!test.value ? column'],
    [
      '${column} BETWEEN ${number(test.low)} AND',
      '${column} BETWEEN SYMMETRIC ${number(test.high)} AND',
    ],
    ['${foldCaseFunction}(${column})', 'lower(${column})'],
    ['replaceAll(/[\\\\%_]/g', 'replaceAll(/[%]/g'],
    ['return `%${text}%`', 'return `${text}%`'],
    ['return `${text}%`', 'return `%${text}%`'],
    ['return `%${text}`', 'return `%${text}%`'],
    ['${column} = ANY(', '${column} <> ALL('],
  ]),
  ...inFile('lib/store/audience/compile-time-test.ts', [
    [
      'return `${column} < ${firstOf(test.moment, context)}`',
      'return `${column} <= ${firstOf(test.moment, context)}`',
    ],
    ['`NOT (${notAfter(test.moment, context)})`', 'notAfter(test.moment, context)'],
    [
      '`${column} BETWEEN ${here} - ${days} AND ${here}`',
      '`${column} BETWEEN ${here} AND ${here} + ${days}`',
    ],
    ["+ interval '1 day'`", "+ interval '2 days'`"],
    ['* 86400::bigint', '* 86401::bigint'],
    ['= ${month} AND', '>= ${month} AND'],
    ['AND extract(day FROM ${date}) = ', 'AND extract(day FROM ${date}) >= '],
  ]),
  ...inFile('lib/store/audience/user-rows.ts', [
    ['` LEFT JOIN ', '` JOIN '],
    ['NOT EXISTS', 'EXISTS'],
  ]),
];
