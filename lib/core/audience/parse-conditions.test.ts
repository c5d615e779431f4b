import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { formatPath } from './condition-fault.ts';
import { MAX_DEPTH, MAX_FAULTS, MAX_RULES } from './limits.ts';
import {
  conditionsText,
  nobody,
  parseConditions,
  parseConditionsText,
} from './parse-conditions.ts';
import { serialiseConditions, toWire } from './serialise-conditions.ts';
import { arbitraryWorld } from './testing/arbitrary-world.ts';

const leaf = {
  type: 'external_attribute',
  dcp_datasource_id: 678,
  dcp_datasource_attribute_id: 789,
  match_type: 'gt',
  value: 500,
} as const;
const audience = { type: 'audience', audience_id: 7 } as const;

function faultsOf(value: unknown): string[] {
  const parsed = parseConditions(value);
  return parsed.ok
    ? []
    : parsed.error.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

describe('reading', () => {
  it.each([
    ['a leaf alone', leaf],
    ['a group of one', ['and', leaf]],
    ['groups in groups', ['and', ['or', leaf, ['not', leaf]], ['not', ['or', leaf, audience]]]],
    ['a list', { ...leaf, match_type: 'any_of', value: [1, 2] }],
    ['case ignored', { ...leaf, match_type: 'exact', value: 'x', ignore_case: true }],
  ])('%s is written back as it came', (_name, wire) => {
    const parsed = parseConditions(wire);
    expect(parsed.ok && toWire(parsed.value)).toEqual(wire);
  });

  it('the empty list is the audience that nobody is in', () => {
    expect(parseConditions([])).toEqual({ ok: true, value: nobody });
    expect(serialiseConditions(nobody)).toBe('[]');
  });

  it('match is read as match_type, by which it is written back', () => {
    const { match_type: match, ...rest } = leaf;
    for (const wire of [
      { ...rest, match },
      { ...leaf, match },
    ]) {
      const parsed = parseConditions(wire);
      expect(parsed.ok && toWire(parsed.value)).toEqual(leaf);
    }
  });

  it('a leaf without match type asks for its value, or for any', () => {
    const withoutValue = {
      type: 'external_attribute',
      dcp_datasource_id: 678,
      dcp_datasource_attribute_id: 789,
    };
    const withValue = { ...withoutValue, value: 500 };
    const matchOf = (wire: object) => {
      const parsed = parseConditions(wire);
      return parsed.ok && parsed.value.kind === 'attribute' && parsed.value.match;
    };
    expect(matchOf(withValue)).toBe('exact');
    expect(matchOf(withoutValue)).toBe('exists');
  });

  it('keeps the digits of a long number, written back as text', () => {
    const text = JSON.stringify(leaf).replace('500', '9223372036854775807');
    const parsed = parseConditionsText(text);
    expect(parsed.ok && serialiseConditions(parsed.value)).toBe(
      text.replace('9223372036854775807', '"9223372036854775807"'),
    );
  });
});

describe('faults', () => {
  it.each<[string, unknown, string[]]>([
    ['no operator', [leaf, leaf], ['conditions[0]: A group starts with "and", "or" or "not".']],
    [
      'an unknown operator',
      ['xor', leaf],
      ['conditions[0]: A group starts with "and", "or" or "not".'],
    ],
    [
      'an empty list inside',
      ['and', []],
      ['conditions[1][0]: A group starts with "and", "or" or "not".'],
    ],
    ['a group without conditions', ['and'], ['conditions: This group has no conditions.']],
    ['"not" of two', ['not', leaf, leaf], ['conditions: "not" takes exactly one condition.']],
    [
      'a text',
      'everybody',
      ['conditions: The type of a condition is "external_attribute" or "audience".'],
    ],
    [
      'null',
      ['or', null],
      ['conditions[1]: The type of a condition is "external_attribute" or "audience".'],
    ],
    [
      "Optimizely's own types",
      ['or', { type: 'browser', value: 'gc' }],
      ['conditions[1].type: The type of a condition is "external_attribute" or "audience".'],
    ],
    [
      'two at once',
      ['and', { ...leaf, match_type: 'regex' }, ['or', { ...leaf, dcp_datasource_id: 1.5 }]],
      [
        'conditions[1].match_type: There is no such match type.',
        'conditions[2][1].dcp_datasource_id: An id is a whole number.',
      ],
    ],
    [
      'an empty list of values',
      { ...leaf, value: [] },
      ['conditions.value: Enter at least one value.'],
    ],
    [
      'an object as value',
      { ...leaf, value: {} },
      ['conditions.value: A value is a text, a number, true, false or a list of those.'],
    ],
    [
      'two match types',
      { ...leaf, match: 'lt' },
      ['conditions.match: match is another name of match_type: leave one of them out.'],
    ],
    ['an unknown key', { ...audience, x: 1 }, ['conditions: Unrecognized key: "x"']],
  ])('%s', (_name, wire, faults) => {
    expect(faultsOf(wire)).toEqual(faults);
  });

  it('says so when it is no JSON', () => {
    expect(parseConditionsText('["and",')).toEqual({
      ok: false,
      error: [{ path: [], message: 'The conditions are not valid JSON.' }],
    });
  });

  it('has a limit on rules and on nesting', () => {
    expect(faultsOf(['or', ...Array.from({ length: MAX_RULES }, () => leaf)])).toEqual([]);
    expect(faultsOf(['or', ...Array.from({ length: MAX_RULES + 5 }, () => leaf)])).toEqual([
      `conditions[${MAX_RULES + 1}]: An audience can have at most 1,000 rules.`,
    ]);
    let nested: unknown = leaf;
    for (let depth = 0; depth < MAX_DEPTH; depth++) nested = ['and', nested];
    expect(faultsOf(nested)).toEqual([]);
    expect(faultsOf(['and', nested])[0]).toMatch(/: Groups can be nested 100 deep\.$/);
  });

  it.each<[string, unknown]>([
    ['leaves', 1],
    ['empty groups', []],
    ['groups without conditions', ['or']],
    ['leaves with lists of nothing', { ...leaf, value: Array(9_000).fill(null) }],
  ])('a million bad %s end after a hundred faults', (_name, operand) => {
    expect(faultsOf(['or', ...Array<unknown>(1_000_000).fill(operand)])).toHaveLength(MAX_FAULTS);
  });

  it('good ones end after the first that is too many', () => {
    let looked = 0;
    const counted = {
      get type() {
        looked += 1;
        return 'audience';
      },
      audience_id: 7,
    };
    expect(faultsOf(['or', ...Array<unknown>(1_000_000).fill(counted)])).toHaveLength(1);
    expect(looked).toBeLessThan(10 * MAX_RULES);
  });

  it('a list of a million values is one fault', () => {
    expect(faultsOf({ ...leaf, match_type: 'any_of', value: Array(1_000_000).fill([]) })).toEqual([
      'conditions.value: Use at most 10,000 values.',
    ]);
  });

  it('a deep nest is refused, not a crash', () => {
    const text = `${'["not",'.repeat(100_000)}{}${']'.repeat(100_000)}`;
    expect(parseConditionsText(text).ok).toBe(false);
  });

  it('stand at their places in a request', () => {
    const request = z.object({ conditions: conditionsText });
    const result = request.safeParse({ conditions: '["and",{"type":"audience"}]' });
    expect(result.error?.issues.map(({ path }) => path)).toEqual([
      ['conditions', 1, 'audience_id'],
    ]);
    expect(request.parse({ conditions: '[]' })).toEqual({ conditions: nobody });
  });
});

test('any tree is read back as it was written', () => {
  fc.assert(
    fc.property(arbitraryWorld(5), ({ conditions }) => {
      for (const condition of conditions) {
        const text = serialiseConditions(condition);
        expect(parseConditionsText(text)).toEqual({ ok: true, value: condition });
      }
    }),
  );
});
