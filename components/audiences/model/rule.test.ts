import { describe, expect, it } from 'vitest';
import { bindTest, matchTypesOf } from '#lib/core/audience/bind-test.ts';
import { nobody } from '#lib/core/audience/parse-conditions.ts';
import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import { idOf, sampleCatalog } from '#lib/core/audience/testing/sample-catalog.ts';
import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { emptyRule, type EditorRule } from './editor-node.ts';
import { operatorKey, operatorsOf } from './operators.ts';
import { ruleProblem } from './rule-problem.ts';
import { splitPasted, valueOfText, withAttribute, withOperator } from './rule-values.ts';
import { conditionOfRule } from './to-condition.ts';

const catalog = sampleCatalog({
  archived: 'double',
  audiences: [{ id: 7, name: 'VIP', isArchived: false, condition: nobody }],
});

function ruleOn(type: ValueType, change: Partial<EditorRule> = {}): EditorRule {
  return { ...withAttribute(emptyRule(), { tableId: 678, id: idOf(type), type }, null), ...change };
}

function problemOf(rule: EditorRule, audienceId?: number) {
  const problem = ruleProblem(rule, { catalog, audienceId });
  return problem && `${problem.kind} ${problem.part}: ${problem.message}`;
}

describe('values', () => {
  it.each<[ValueType, string, string]>([
    ['long', '9223372036854775807', '"9223372036854775807"'],
    ['long', '-9007199254740993', '"-9007199254740993"'],
    ['long', '500', '500'],
    ['long', '007', '"007"'],
    ['double', '0.1', '0.1'],
    ['double', '1.', '"1."'],
    ['double', '0.10000000000000000001', '"0.10000000000000000001"'],
    ['bool', 'false', 'false'],
    ['epoch', '1709200800', '1709200800'],
    ['epoch', '2024-02-29', '"2024-02-29"'],
    ['string', '5', '"5"'],
  ])('%s %s is stored as %s', (type, text, json) => {
    const rule = ruleOn(type, { values: [valueOfText(type, text)] });
    expect(serialiseConditions(conditionOfRule(rule))).toContain(`"value":${json}`);
  });

  it.each<[string, readonly string[]]>([
    ['a, b,a ,', ['a', 'b']],
    ['Paris, France\nRome\r\n\n', ['Paris, France', 'Rome']],
    ['"x ""y""";z', ['x "y"', 'z']],
    ['1\t2\t3', ['1', '2', '3']],
  ])('pasted %j', (text, values) => {
    expect(splitPasted(text)).toEqual(values);
  });
});

describe('operators', () => {
  it('reach every match type of every datatype', () => {
    for (const type of valueTypes) {
      expect(new Set(operatorsOf(type).map(({ match }) => match))).toEqual(
        new Set(matchTypesOf[type]),
      );
      const keys = operatorsOf(type).map(operatorKey);
      expect(new Set(keys).size).toBe(keys.length);
      const words = operatorsOf(type).map((operator) => operator.words);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it('another one keeps the values that fit', () => {
    const rule = ruleOn('long', { match: 'between', values: [1, 2] });
    expect(withOperator(rule, { match: 'gt', isNegated: false }).values).toEqual([1]);
    expect(withOperator(rule, { match: 'any_of', isNegated: true }).values).toEqual([1, 2]);
    expect(withOperator(rule, { match: 'exists', isNegated: true }).values).toEqual([]);
    const days = withOperator(ruleOn('date', { match: 'on', values: ['2024-01-01'] }), {
      match: 'in_last_days',
      isNegated: false,
    });
    expect(days.values).toEqual([7]);
    expect(withOperator(days, { match: 'before', isNegated: false }).values).toEqual([]);
  });

  it('another attribute keeps them where they fit its datatype', () => {
    const rule = ruleOn('date', { match: 'before', values: ['2024-01-01'] });
    const onEpoch = withAttribute(rule, { tableId: 678, id: 7, type: 'epoch' }, 'date');
    expect(onEpoch).toMatchObject({ match: 'before', values: ['2024-01-01'] });
    const onText = withAttribute(rule, { tableId: 678, id: 1, type: 'string' }, 'date');
    expect(onText).toMatchObject({ match: 'exact', values: [] });
    expect(bindTest(attributeCondition(ruleOn('bool')), 'bool').ok).toBe(true);
  });
});

function attributeCondition(rule: EditorRule) {
  const condition = conditionOfRule(rule);
  if (condition.kind !== 'attribute') throw new Error('not a rule on an attribute');
  return condition;
}

describe('problems', () => {
  it.each<[string, EditorRule, string | null]>([
    ['nothing picked', emptyRule(), 'incomplete subject: Choose an attribute.'],
    ['no value', ruleOn('long'), 'incomplete value: Enter a value.'],
    [
      'half a range',
      ruleOn('long', { match: 'between', values: [1, ''] }),
      'incomplete value: Enter both values.',
    ],
    [
      'an audience to come',
      { ...emptyRule(), subject: { kind: 'audience', audienceId: null } },
      'incomplete subject: Choose an audience.',
    ],
    [
      'an unknown audience',
      { ...emptyRule(), subject: { kind: 'audience', audienceId: 8 } },
      'invalid subject: There is no audience 8.',
    ],
    ['an audience', { ...emptyRule(), subject: { kind: 'audience', audienceId: 7 } }, null],
    ['archived', ruleOn('double'), 'invalid subject: "double" is archived.'],
    ['the empty text', ruleOn('string', { values: [''] }), null],
    [
      'a part of a text',
      ruleOn('string', { match: 'substring', values: [''] }),
      'incomplete value: Enter a value.',
    ],
    ['has a value', ruleOn('long', { match: 'exists' }), null],
    ['a long exactly', ruleOn('long', { values: ['9223372036854775807'] }), null],
  ])('%s', (_name, rule, problem) => {
    expect(problemOf(rule)).toBe(problem);
  });

  it('a number that is none, and an audience in itself', () => {
    expect(problemOf(ruleOn('long', { values: ['1.5'] }))).toMatch(/^invalid value: /);
    const inItself: EditorRule = { ...emptyRule(), subject: { kind: 'audience', audienceId: 7 } };
    expect(problemOf(inItself, 7)).toMatch(/^invalid subject: .* would be in itself\.$/);
  });
});
