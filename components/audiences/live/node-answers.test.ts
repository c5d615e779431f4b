import { expect, test, vi } from 'vitest';
import type { AudienceExplanation } from '#lib/contracts/audiences.ts';
import { parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { fromCondition } from '../model/from-condition.ts';
import { toCondition } from '../model/to-condition.ts';
import { countsByNode, createNodeAnswers, verdictsByNode } from './node-answers.ts';

const leaf = (attribute: number) => ({
  type: 'external_attribute',
  dcp_datasource_id: 1,
  dcp_datasource_attribute_id: attribute,
  match_type: 'exists',
});

/** ALL of: a rule; NONE of two others, the last of them negative itself. */
const conditions = ['and', leaf(1), ['not', ['or', leaf(2), ['not', leaf(3)]]]];

function placesOf(stored: unknown) {
  const parsed = parseConditionsText(JSON.stringify(stored));
  if (!parsed.ok) throw new Error('The conditions are not valid.');
  return toCondition(fromCondition(parsed.value), () => true).places;
}

test('counts stand at the rules and groups of the editor, negatives included', () => {
  const answer = {
    size: 6,
    isExact: true,
    low: 6,
    high: 6,
    total: 20,
    milliseconds: 1,
    faults: [],
    nodes: [
      { path: [], size: 6, remaining: null },
      { path: [1], size: 9, remaining: 9 },
      { path: [2], size: 13, remaining: 6 },
      { path: [2, 1], size: 7, remaining: null },
      { path: [2, 1, 1], size: 4, remaining: null },
      { path: [2, 1, 2], size: 5, remaining: null },
      { path: [2, 1, 2, 1], size: 15, remaining: null },
    ],
  };
  const counts = countsByNode(answer, placesOf(conditions));
  expect([...counts].map(([id, count]) => [id, count.size, count.remaining])).toEqual([
    ['root', 6, null],
    ['root.0', 9, 9],
    ['root.1', 13, 6],
    ['root.1.0', 4, null],
    ['root.1.1', 5, null],
  ]);
});

const part = (
  path: number[],
  kind: AudienceExplanation['kind'],
  verdict: AudienceExplanation['verdict'],
  rest: Partial<AudienceExplanation> = {},
): AudienceExplanation => ({
  path,
  kind,
  verdict,
  words: '',
  actual: null,
  reason: null,
  parts: [],
  ...rest,
});

test('a negative rule has the verdict of its negation and the value of the rule', () => {
  const explanation = part([], 'and', 'not', {
    parts: [
      part([1], 'attribute', 'unknown'),
      part([2], 'not', 'not', {
        parts: [
          part([2, 1], 'or', 'held', {
            parts: [
              part([2, 1, 1], 'attribute', 'not', { actual: '5' }),
              part([2, 1, 2], 'not', 'held', {
                parts: [part([2, 1, 2, 1], 'attribute', 'not', { actual: 'silver' })],
              }),
            ],
          }),
        ],
      }),
    ],
  });
  const verdicts = verdictsByNode(explanation, placesOf(conditions));
  expect(verdicts.get('root.0')).toMatchObject({ verdict: 'unknown', actual: null });
  expect(verdicts.get('root.1')).toMatchObject({ verdict: 'not', isAttribute: false });
  expect(verdicts.get('root.1.1')).toMatchObject({ verdict: 'held', actual: 'silver' });
});

test('the places of another audience’s conditions are not those of the tree', () => {
  const member = ['and', { type: 'audience', audience_id: 7 }, leaf(2)];
  const explanation = part([], 'and', 'not', {
    parts: [
      part([1], 'audience', 'held', { parts: [part([2], 'attribute', 'held')] }),
      part([2], 'attribute', 'not'),
    ],
  });
  expect(verdictsByNode(explanation, placesOf(member)).get('root.1')?.verdict).toBe('not');
});

test('an equal answer stays the same object, and who listens is told', () => {
  const { counts } = createNodeAnswers();
  const heard = vi.fn();
  const stop = counts.subscribe(heard);
  const count = { size: 1, remaining: null, total: 2, isExact: true };
  counts.replace(new Map([['a', count]]));
  counts.replace(new Map([['a', { ...count }]]));
  expect(counts.get('a')).toBe(count);
  counts.replace(new Map([['a', { ...count, isExact: false }]]));
  expect(counts.get('a')?.isExact).toBe(false);
  stop();
  counts.replace(new Map());
  expect(heard).toHaveBeenCalledTimes(3);
});
