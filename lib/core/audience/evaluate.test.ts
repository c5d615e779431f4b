import { describe, expect, it } from 'vitest';
import type { ValueType } from '../datatypes/types.ts';
import type { Condition, ConditionValue, MatchType } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { nobody } from './parse-conditions.ts';
import { all, any, bind, idOf, inAnyCase, not, rule } from './testing/sample-catalog.ts';
import { typedValue } from './typed-value.ts';
import type { Verdict } from './verdict.ts';

const leapDay = new Date('2024-02-29T12:00:00.900Z');

interface Case {
  readonly type: ValueType;
  readonly actual: string | null;
  readonly now?: Date;
}

function verdict(condition: Condition, { type, actual, now = leapDay }: Case): Verdict {
  const values = new Map(actual === null ? [] : [[idOf(type), typedValue(type, actual)]]);
  return evaluate(bind(condition), { values, now });
}

type Row = [match: MatchType, value: ConditionValue | null, yes: string[], no: string[]];

/** Values as PostgreSQL prints them: those that the rule holds for, and those that it does not. */
const rules: Readonly<Record<ValueType, readonly Row[]>> = {
  string: [
    ['exists', null, ['', 'x'], []],
    ['exact', 'Paris', ['Paris'], ['paris', 'Paris ', '']],
    ['exact', '', [''], [' ']],
    ['any_of', ['a', 'b'], ['a', 'b'], ['A', 'ab']],
    ['substring', 'a%', ['xa%x'], ['ab', 'A%']],
    ['starts_with', 'ab', ['ab', 'abc'], ['xab', 'Abc']],
    ['ends_with', 'ab', ['ab', 'cab'], ['abx', 'cAB']],
  ],
  bool: [
    ['exists', null, ['true', 'false'], []],
    ['exact', true, ['true'], ['false']],
    ['exact', false, ['false'], ['true']],
  ],
  long: [
    ['exists', null, ['0'], []],
    ['exact', '9007199254740993', ['9007199254740993'], ['9007199254740992', '9007199254740994']],
    ['any_of', [1, '9223372036854775807'], ['1', '9223372036854775807'], ['9223372036854775806']],
    ['lt', 5, ['4', '-9'], ['5', '6']],
    ['le', 5, ['4', '5'], ['6']],
    ['gt', '9007199254740992', ['9007199254740993'], ['9007199254740992']],
    ['ge', 5, ['5', '6'], ['4']],
    ['between', [2, 4], ['2', '3', '4'], ['1', '5']],
  ],
  double: [
    ['exists', null, ['-0'], []],
    ['exact', 0, ['0', '-0'], ['5e-324']],
    ['exact', 0.3, ['0.3'], ['0.30000000000000004']],
    ['any_of', [0.5, '1e300'], ['0.5', '1e+300'], ['1']],
    ['lt', 1.5, ['1.4'], ['1.5']],
    ['le', 1.5, ['1.5'], ['1.5000000000000002']],
    ['gt', 1.5, ['1.5000000000000002'], ['1.5']],
    ['ge', 1.5, ['1.5'], ['1.4']],
    ['between', [-1, 1], ['-1', '0', '1'], ['-1.1', '1.1']],
  ],
  date: [
    ['exists', null, ['0001-01-01'], []],
    ['on', '2024-02-29', ['2024-02-29'], ['2024-02-28', '2024-03-01']],
    ['before', '2024-02-29', ['2024-02-28', '0001-01-01'], ['2024-02-29']],
    ['after', '2024-02-29', ['2024-03-01', '9999-12-31'], ['2024-02-29']],
    [
      'between',
      ['2024-01-01', '2024-01-31'],
      ['2024-01-01', '2024-01-31'],
      ['2023-12-31', '2024-02-01'],
    ],
    ['in_last_days', 7, ['2024-02-22', '2024-02-29'], ['2024-02-21', '2024-03-01']],
    ['in_next_days', 7, ['2024-02-29', '2024-03-07'], ['2024-02-28', '2024-03-08']],
    ['anniversary', 'today', ['2024-02-29', '1996-02-29'], ['2023-02-28', '2023-03-01']],
    ['anniversary', '12-24', ['0001-12-24', '2030-12-24'], ['2030-12-25']],
  ],
  datetime: [
    ['exists', null, ['2024-02-29 00:00:00'], []],
    [
      'on',
      '2024-02-29',
      ['2024-02-29 00:00:00', '2024-02-29 23:59:59'],
      ['2024-02-28 23:59:59', '2024-03-01 00:00:00'],
    ],
    ['before', '2024-02-29', ['2024-02-28 23:59:59'], ['2024-02-29 00:00:00']],
    ['before', '2024-02-29T10:00:00Z', ['2024-02-29 09:59:59'], ['2024-02-29 10:00:00']],
    ['after', '2024-02-29', ['2024-03-01 00:00:00'], ['2024-02-29 23:59:59']],
    ['after', '2024-02-29T10:00:00', ['2024-02-29 10:00:01'], ['2024-02-29 10:00:00']],
    [
      'between',
      ['2024-01-01', '2024-01-31'],
      ['2024-01-01 00:00:00', '2024-01-31 23:59:59'],
      ['2023-12-31 23:59:59', '2024-02-01 00:00:00'],
    ],
    [
      'between',
      ['2024-01-01T10:00:00', '2024-01-01T10:00:00'],
      ['2024-01-01 10:00:00'],
      ['2024-01-01 09:59:59', '2024-01-01 10:00:01'],
    ],
    [
      'in_last_days',
      1,
      ['2024-02-28 12:00:00', '2024-02-29 12:00:00'],
      ['2024-02-28 11:59:59', '2024-02-29 12:00:01'],
    ],
    [
      'in_next_days',
      1,
      ['2024-02-29 12:00:00', '2024-03-01 12:00:00'],
      ['2024-02-29 11:59:59', '2024-03-01 12:00:01'],
    ],
    ['anniversary', 'today', ['1996-02-29 23:59:59'], ['1996-02-28 23:59:59']],
  ],
  epoch: [
    ['exists', null, ['0'], []],
    ['on', '2024-02-29', ['1709164800', '1709251199'], ['1709164799', '1709251200']],
    ['before', 1709164800, ['1709164799'], ['1709164800']],
    ['after', '2024-02-28T23:59:59Z', ['1709164800', '9223372036854775807'], ['1709164799']],
    ['between', [0, '9223372036854775807'], ['0', '9223372036854775807'], []],
    ['in_last_days', 1, ['1709121600', '1709208000'], ['1709121599', '1709208001']],
    ['in_next_days', 1, ['1709208000', '1709294400'], ['1709207999', '1709294401']],
    ['anniversary', '01-01', ['0'], ['86400']],
  ],
};

describe.each(Object.entries(rules))('%s', (name, rows) => {
  const type = name as ValueType;

  it.each(rows)('%s %j', (match, value, yes, no) => {
    const condition = rule(type, match, value);
    for (const actual of yes)
      expect({ actual, is: verdict(condition, { type, actual }) }).toEqual({ actual, is: true });
    for (const actual of no)
      expect({ actual, is: verdict(condition, { type, actual }) }).toEqual({ actual, is: false });
    const missing = match === 'exists' ? false : null;
    expect(verdict(condition, { type, actual: null })).toBe(missing);
    expect(verdict(not(condition), { type, actual: null })).toBe(missing === null ? null : true);
  });
});

describe('letters of any case', () => {
  it.each([
    ['exact', 'PARIS', 'paris', true],
    ['exact', 'straße', 'STRAẞE', true],
    ['exact', 'strasse', 'straße', false],
    ['exact', 'οδος', 'ΟΔΟΣ', true],
    ['exact', 'istanbul', 'İSTANBUL', true],
    ['substring', 'É', 'café au lait', true],
    ['starts_with', 'É', 'e\u0301', false],
    ['ends_with', 'ΟΣ', 'οδος', true],
  ] as const)('%s %s of %s', (match, value, actual, expected) => {
    const condition = inAnyCase(rule('string', match, value));
    expect(verdict(condition, { type: 'string', actual })).toBe(expected);
  });

  it('lists, too', () => {
    const condition = inAnyCase(rule('string', 'any_of', ['DE', 'fr']));
    expect(verdict(condition, { type: 'string', actual: 'FR' })).toBe(true);
  });
});

describe('an anniversary today', () => {
  const condition = rule('date', 'anniversary', 'today');
  it.each([
    ['2023-02-28', '2000-02-29', true],
    ['2023-03-01', '2000-02-29', false],
    ['2024-02-28', '2000-02-29', false],
    ['2023-02-28', '2000-02-28', true],
    ['2100-02-28', '2000-02-29', true],
  ])('on %s of %s: %s', (today, actual, expected) => {
    const now = new Date(`${today}T23:59:59.999Z`);
    expect(verdict(condition, { type: 'date', actual, now })).toBe(expected);
  });

  it('an epoch beyond the calendar has none', () => {
    const epoch = rule('epoch', 'anniversary', 'today');
    expect(verdict(epoch, { type: 'epoch', actual: '253402300800' })).toBeNull();
  });
});

describe('three-valued logic', () => {
  const [yes, no, unknown] = [
    rule('bool', 'exact', true),
    rule('bool', 'exact', false),
    rule('long', 'gt', 1),
  ];
  it.each<[string, Condition, Verdict]>([
    ['and: true true', all(yes, yes), true],
    ['and: true unknown', all(yes, unknown), null],
    ['and: unknown false', all(unknown, no), false],
    ['or: false false', any(no, no), false],
    ['or: false unknown', any(no, unknown), null],
    ['or: unknown true', any(unknown, yes), true],
    ['not true', not(yes), false],
    ['not false', not(no), true],
    ['not unknown', not(unknown), null],
    ['none of false and unknown', not(any(no, unknown)), null],
    ['nobody', nobody, false],
    ['not nobody', not(nobody), true],
  ])('%s', (_name, condition, expected) => {
    expect(verdict(condition, { type: 'bool', actual: 'true' })).toBe(expected);
  });
});
