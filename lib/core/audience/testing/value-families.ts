import type { ValueType } from '#lib/core/datatypes/types.ts';

/** Values that are worth trying beside each other, as texts that a cell may hold. */
type Family = readonly string[];

const DAY = 86_400_000;

/** Texts where comparing, searching and folding go wrong first. */
const texts: readonly Family[] = [
  ['', ' ', 'null'],
  ['a', 'A', 'b', 'ab', 'aB', 'AB', 'abab'],
  ['a%b', 'a_b', 'a\\b', 'axb', '%', '_', '\\'],
  ['é', 'É', 'e\u0301', 'e'],
  ['Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul', 'i\u0307stanbul'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ', 'Σ', 'ς', 'σ'],
  ['👍', '👍🏽', '\u{10400}', '\u{10428}', 'K', 'k'],
  ["it's", '10', '9', '"x"', '{a,b}'],
];

/** What those texts are searched for, besides themselves. */
export const textParts: readonly string[] = [
  'a',
  'B',
  '%',
  '_',
  '\\',
  'S',
  'ß',
  'İ',
  'i',
  'Σ',
  'ς',
];

const longs: readonly Family[] = [
  ['0', '1', '-1', '2'],
  ['9007199254740992', '9007199254740993', '9007199254740994', '-9007199254740993'],
  ['9223372036854775806', '9223372036854775807', '-9223372036854775807'],
];

const doubles: readonly Family[] = [
  ['0', '-0', '5e-324', '-5e-324'],
  ['0.1', '0.3', '0.30000000000000004'],
  ['1', '1.5', '-1.5', '9007199254740992'],
  ['1e300', '1.7976931348623157e308', '-1.7976931348623157e308'],
];

/** Days from now at which some rule changes its mind. */
const distances = [0, 1, -1, 2, 7, -7, 365, -365, 366, -366];

const fixedTimes = ['0001-01-01T00:00:00', '9999-12-31T23:59:59', '1970-01-01T00:00:00'];

/** For anniversaries: the end of February, with and without a leap year, and of the year. */
const endsOfMonths: readonly Family[] = [
  ['1970-02-28T12:00:00', '2012-02-29T00:00:00', '1996-02-29T23:59:59', '1999-03-01T00:00:00'],
  // The same days in other months.
  ['2012-02-28T12:00:00', '1987-03-28T00:00:00', '1987-01-28T00:00:00', '1988-03-29T00:00:00'],
  ['2012-02-29T12:00:00', '2012-02-28T00:00:00', '1980-12-31T23:59:59', '2001-01-01T00:00:00'],
];

/** Times near now, leap days and the ends of the calendar, with the seconds and days around each. */
function times(now: Date): readonly Family[] {
  const near = distances.map((days) => new Date(now.getTime() + days * DAY));
  const fixed = fixedTimes.map((time) => new Date(`${time}Z`));
  const first = Date.parse('0001-01-01T00:00:00Z');
  const last = Date.parse('9999-12-31T23:59:59Z');
  const around = [...near, ...fixed].map((date) => {
    const time = Math.floor(date.getTime() / 1000) * 1000;
    const day = Math.floor(time / DAY) * DAY;
    return [time - 1000, time, time + 1000, day, day + DAY - 1000, day + DAY]
      .filter((value) => value >= first && value <= last)
      .map((value) => new Date(value).toISOString().slice(0, 19));
  });
  return [...around, ...endsOfMonths, ...endsOfMonths];
}

function epochs(now: Date): readonly Family[] {
  const seconds = times(now).map((family) =>
    family.map((time) => Date.parse(`${time}Z`) / 1000).filter((value) => value >= 0),
  );
  return [
    ...seconds.map((family) => ['0', '253402300800', ...family.map(String)]),
    ['253402300799', '8640000000001', '9223372036854775807'],
  ];
}

/** Values of a datatype, by what tells them apart; a world takes a few families for each attribute. */
export function valueFamilies(type: ValueType, now: Date): readonly Family[] {
  switch (type) {
    case 'string':
      return texts;
    case 'bool':
      return [['true', 'false']];
    case 'long':
      return longs;
    case 'double':
      return doubles;
    case 'date':
      return times(now).map((family) => [...new Set(family.map((time) => time.slice(0, 10)))]);
    case 'datetime':
      return times(now);
    case 'epoch':
      return epochs(now);
  }
}
