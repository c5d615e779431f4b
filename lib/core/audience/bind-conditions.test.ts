import { describe, expect, it } from 'vitest';
import type { ValueType } from '../datatypes/types.ts';
import { bindConditions } from './bind-conditions.ts';
import type { BoundCondition, CatalogAudience } from './bound-condition.ts';
import type { Condition } from './condition.ts';
import { formatPath } from './condition-fault.ts';
import { evaluate } from './evaluate.ts';
import { MAX_EXPANDED_LENGTH, MAX_EXPANDED_PLACES } from './limits.ts';
import {
  all,
  any,
  idOf,
  inAnyCase,
  inAudience,
  not,
  rule,
  sampleCatalog,
} from './testing/sample-catalog.ts';

interface Options {
  readonly archived?: ValueType;
  readonly audiences?: readonly CatalogAudience[];
  readonly audienceId?: number;
}

function check(condition: Condition, { audienceId, ...options }: Options = {}) {
  const catalog = sampleCatalog(options);
  const { faults, condition: bound } = bindConditions(condition, { catalog, audienceId });
  return {
    faults: faults.map(({ path, message }) => `${formatPath(path)}: ${message}`),
    verdict: evaluate(bound, { values: new Map([[idOf('bool'), true]]), now: new Date() }),
  };
}

function audience(id: number, condition: Condition, isArchived = false): CatalogAudience {
  return { id, name: `A${id}`, isArchived, condition };
}

const yes = rule('bool', 'exact', true);

describe('values', () => {
  it.each<[string, Condition, string]>([
    ['a text for a long', rule('long', 'gt', 'many'), 'value: Expected a whole number'],
    ['a fraction for a long', rule('long', 'exact', 1.5), 'value: Expected a whole number'],
    [
      'a long too large',
      rule('long', 'lt', '9223372036854775808'),
      'value: The number is out of range.',
    ],
    ['a double too large', rule('double', 'lt', '1e400'), 'value: The number is out of range.'],
    ['NaN', rule('double', 'lt', 'NaN'), 'value: Expected a decimal number'],
    ['a number for a text', rule('string', 'exact', 5), 'value: Expected a text.'],
    ['the second of a list', rule('long', 'any_of', [1, 'x']), 'value[1]: Expected a whole number'],
    ['a list for one', rule('long', 'gt', [1]), 'value: Enter a single value.'],
    ['one for a list', rule('long', 'any_of', 1), 'value: Enter a list of values.'],
    ['half a range', rule('long', 'between', [1]), 'value: Enter two values, from and to.'],
    [
      'a range upside down',
      rule('long', 'between', [2, 1]),
      'value: The first value is after the second.',
    ],
    [
      'days upside down',
      rule('date', 'between', ['2024-02-02', '2024-02-01']),
      'value: The first value is after the second.',
    ],
    ['no value', rule('long', 'gt'), 'value: Enter a value.'],
    ['a value too many', rule('long', 'exists', 1), 'value: "exists" takes no value.'],
    ['an empty part of a text', rule('string', 'substring', ''), 'value: Enter a text.'],
    ['a NUL', rule('string', 'exact', '\0'), 'value: The text holds a NUL character'],
    [
      'a time for a date',
      rule('date', 'before', '2024-02-01T00:00:00Z'),
      'value: Expected a date such as',
    ],
    ['no such day', rule('datetime', 'on', '2024-02-30'), 'value: Expected a date such as'],
    [
      'a second where a day is asked',
      rule('epoch', 'on', 1651676123),
      'value: Expected a date such as',
    ],
    [
      'half a day',
      rule('date', 'in_last_days', 0.5),
      'value: Expected a number of days from 1 to 36,500.',
    ],
    ['no days', rule('date', 'in_next_days', 0), 'value: Expected a number of days'],
    [
      'no such anniversary',
      rule('date', 'anniversary', '02-30'),
      'value: Expected "today" or month and day',
    ],
    ['order of texts', rule('string', 'gt', 'a'), 'match_type: "gt" does not fit this attribute.'],
    ['parts of numbers', rule('long', 'substring', '1'), 'match_type: "substring" does not fit'],
    [
      'case of numbers',
      inAnyCase(rule('long', 'exact', 1)),
      'ignore_case: Only texts are compared',
    ],
  ])('%s', (_name, condition, fault) => {
    const { faults, verdict } = check(all(yes, condition));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`conditions[2].${fault}`);
    expect(verdict).toBeNull();
  });

  it('numbers may come as decimal text, booleans as text', () => {
    expect(check(rule('long', 'any_of', ['9223372036854775807', 1])).faults).toEqual([]);
    expect(check(rule('bool', 'exact', 'TRUE'))).toEqual({ faults: [], verdict: true });
  });
});

describe('attributes that cannot be asked', () => {
  it.each([
    ['archived', { archived: 'long' } as const, '"long" is archived.', rule('long', 'gt', 1)],
    [
      'unknown',
      {},
      'There is no attribute 99 in table 678.',
      { ...rule('long', 'gt', 1), attributeId: 99 },
    ],
    [
      'of another table',
      {},
      'There is no attribute 3 in table 5.',
      { ...rule('long', 'gt', 1), tableId: 5 },
    ],
  ])(
    '%s: refused where it is saved, unknown where it is evaluated',
    (_name, options, message, leaf) => {
      const path = 'conditions[1].dcp_datasource_attribute_id';
      for (const condition of [all(leaf, yes), any(not(leaf)), all(not(not(leaf)))]) {
        const { faults, verdict } = check(condition, options);
        expect(faults).toHaveLength(1);
        expect(faults[0]).toContain(message);
        expect(verdict).toBeNull();
      }
      expect(check(all(leaf), options).faults).toEqual([`${path}: ${message}`]);
      expect(check(any(leaf, yes), options).verdict).toBe(true);
    },
  );
});

describe('other audiences', () => {
  it('stand for their conditions, unknown included', () => {
    const audiences = [
      audience(1, yes),
      audience(2, rule('long', 'gt', 1)),
      audience(3, inAudience(1)),
    ];
    expect(check(inAudience(1), { audiences })).toEqual({ faults: [], verdict: true });
    expect(check(not(inAudience(3)), { audiences })).toEqual({ faults: [], verdict: false });
    expect(check(not(inAudience(2)), { audiences })).toEqual({ faults: [], verdict: null });
  });

  it('that lost an attribute let nobody in by "not in"', () => {
    const audiences = [audience(1, rule('long', 'gt', 1))];
    const { faults, verdict } = check(not(inAudience(1)), { audiences, archived: 'long' });
    expect(faults).toEqual([]);
    expect(verdict).toBeNull();
  });

  it.each<[string, Condition, Options, string]>([
    ['unknown', inAudience(9), {}, 'There is no audience 9.'],
    [
      'archived',
      inAudience(1),
      { audiences: [audience(1, yes, true)] },
      'The audience "A1" is archived.',
    ],
    [
      'itself',
      inAudience(1),
      { audiences: [audience(1, yes)], audienceId: 1 },
      'The audience "A1" would be in itself.',
    ],
    [
      'itself through another',
      inAudience(2),
      {
        audiences: [audience(1, yes), audience(2, not(inAudience(3))), audience(3, inAudience(1))],
        audienceId: 1,
      },
      'The audience "A2" would be in itself.',
    ],
    [
      'a circle of others',
      inAudience(2),
      { audiences: [audience(2, inAudience(3)), audience(3, inAudience(2))] },
      'The audience "A2" would be in itself.',
    ],
  ])('%s: refused', (_name, condition, options, message) => {
    const { faults, verdict } = check(any(condition), options);
    expect(faults).toEqual([`conditions[1].audience_id: ${message}`]);
    expect(verdict).toBeNull();
  });

  it('that multiply are refused before they take the machine', () => {
    const audiences = Array.from({ length: 40 }, (_, index) =>
      audience(index + 1, index === 0 ? yes : all(inAudience(index), inAudience(index))),
    );
    expect(check(inAudience(40), { audiences }).verdict).toBeNull();
    expect(check(inAudience(20), { audiences }).verdict).toBeNull();
    expect(check(inAudience(10), { audiences }).verdict).toBe(true);
    const wide = all(...Array.from({ length: 20 }, () => inAudience(11)));
    const message = 'With the audiences that it refers to, this audience has too many rules.';
    expect(check(wide, { audiences })).toEqual({
      faults: [`conditions: ${message}`],
      verdict: null,
    });
  });
});

describe('written out, an audience would take hours', () => {
  const times = (count: number, part: Condition) => any(...Array<Condition>(count).fill(part));
  const negated = (count: number, part: Condition) =>
    Array.from({ length: count }).reduce<Condition>((inner) => not(inner), part);
  const values = Array.from({ length: 10_000 }, (_, index) => `${index}`.padEnd(800, '-'));

  it.each<[string, string, Condition]>([
    ['audiences that nobody is in', 'groups', any()],
    ['rules in many negations', 'groups', negated(99, yes)],
    ['long lists', 'values', rule('string', 'any_of', values)],
  ])('%s that multiply: refused, and harmless where they are stored', (_name, excess, lowest) => {
    const ids = [1, 2, 3, 4, 5];
    const audiences = ids.map((id) =>
      audience(id, id === 1 ? lowest : times(1000, inAudience(id - 1))),
    );
    expect(check(inAudience(1), { audiences }).faults).toEqual([]);
    const { faults } = check(times(1000, inAudience(2)), { audiences });
    expect(faults.at(-1)).toMatch(new RegExp(`^conditions.*too many ${excess}\\.$`));
    for (const id of ids) {
      const catalog = sampleCatalog({ audiences });
      const { condition } = bindConditions(inAudience(id), { catalog });
      const { places, length } = writtenOut(condition);
      expect(places).toBeLessThanOrEqual(MAX_EXPANDED_PLACES);
      expect(length).toBeLessThanOrEqual(MAX_EXPANDED_LENGTH);
    }
  });
});

function writtenOut(condition: BoundCondition): {
  readonly places: number;
  readonly length: number;
} {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.map(writtenOut).reduce(
        (sum, part) => ({
          places: sum.places + part.places,
          length: sum.length + part.length,
        }),
        { places: 1, length: 0 },
      );
    case 'not':
    case 'audience': {
      const { places, length } = writtenOut(condition.condition);
      return { places: places + 1, length };
    }
    case 'attribute': {
      const { test } = condition;
      return { places: 1, length: test.kind === 'text-is' ? test.values.join('').length : 0 };
    }
    case 'unknown':
      return { places: 1, length: 0 };
  }
}
