import type { ValueType } from '#lib/core/datatypes/types.ts';

const DAY = 86_400_000;

/** Texts where comparing, searching and folding go wrong first. */
const texts = [
  ...[
    '',
    ' ',
    'a',
    'A',
    'ab',
    'aB',
    'AB',
    'b',
    'abab',
    'a%b',
    'a_b',
    '%',
    '_',
    '\\',
    'a\\b',
    "it's",
  ],
  ...['é', 'É', 'e\u0301', 'Straße', 'STRASSE', 'STRAẞE', 'İstanbul', 'istanbul', 'ıstanbul'],
  ...[
    'ΟΔΟΣ',
    'οδος',
    'οδοσ',
    'Σ',
    'ς',
    '👍',
    '👍🏽',
    '\u{10400}',
    '\u{10428}',
    'K',
    '10',
    '9',
    'null',
  ],
];

/** What those texts are searched for. */
export const textParts: readonly string[] = [
  ...['a', 'A', 'b', 'ab', '%', '_', '\\', 'a_b', 'a%', '\\b', ' ', "'", 'S', 'ss', 'ß', 'e', 'É'],
  ...['i', 'İ', 'ı', 'σ', 'ς', 'Σ', 'οδ', '👍', '\u{10400}', 'k', '1'],
];

const longs = [
  ...['0', '1', '-1', '2', '9007199254740992', '9007199254740993', '-9007199254740993'],
  ...['9223372036854775806', '9223372036854775807', '-9223372036854775807'],
];

const doubles = [
  ...['0', '-0', '0.1', '0.30000000000000004', '0.3', '1', '1.5', '-1.5', '5e-324', '-5e-324'],
  ...['9007199254740992', '1e300', '1.7976931348623157e308', '-1.7976931348623157e308'],
];

/** Distances in milliseconds from now at which some rule changes its mind. */
const distances = [0, 1_000, DAY, 2 * DAY, 7 * DAY, 7 * DAY + 1_000, 365 * DAY, 366 * DAY];

/** Times around now, leap days and the ends of the calendar, as `YYYY-MM-DDThh:mm:ss`. */
function times(now: Date): readonly string[] {
  const around = distances.flatMap((distance) => [
    now.getTime() - distance,
    now.getTime() + distance,
  ]);
  const near = [...around, ...around.map((time) => Math.floor(time / DAY) * DAY)];
  const fixed = ['0001-01-01T00:00:00', '9999-12-31T23:59:59', '2000-02-29T23:59:59'];
  const birthdays = ['1900-02-28T12:00:00', '2012-02-29T00:00:00', '1996-03-01T00:00:00'];
  return [...near.map((time) => new Date(time).toISOString().slice(0, 19)), ...fixed, ...birthdays];
}

function epochs(now: Date): readonly string[] {
  const seconds = times(now).map((time) => Date.parse(`${time}Z`) / 1000);
  const far = ['253402300799', '253402300800', '8640000000001', '9223372036854775807'];
  return [...seconds.filter((value) => value >= 0).map(String), ...far];
}

/**
 * Values that are worth trying, as texts that a cell may hold; rules take theirs from the same few, so that they
 * often meet.
 */
export function valuePool(type: ValueType, now: Date): readonly string[] {
  switch (type) {
    case 'string':
      return texts;
    case 'bool':
      return ['true', 'false'];
    case 'long':
      return longs;
    case 'double':
      return doubles;
    case 'date':
      return times(now).map((time) => time.slice(0, 10));
    case 'datetime':
      return times(now);
    case 'epoch':
      return epochs(now);
  }
}
