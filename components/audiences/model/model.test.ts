import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import type { Condition } from '#lib/core/audience/condition.ts';
import { evaluate } from '#lib/core/audience/evaluate.ts';
import { arbitraryWorld, catalogOf } from '#lib/core/audience/testing/arbitrary-world.ts';
import { all, any, inAudience, not, rule } from '#lib/core/audience/testing/sample-catalog.ts';
import { typedValue } from '#lib/core/audience/typed-value.ts';
import {
  duplicateNode,
  groupNode,
  insertNode,
  removeNode,
  setMuted,
  ungroupNode,
} from './edit-tree.ts';
import { emptyRule, type EditorGroup, type EditorNode } from './editor-node.ts';
import { findNode, placeOfNode, rulesOf } from './find-node.ts';
import { fromCondition } from './from-condition.ts';
import { recordStep, redoStep, startHistory, undoStep } from './history.ts';
import { moveNode, stepNode } from './move-node.ts';
import { placeOf, toCondition } from './to-condition.ts';

const a = rule('long', 'gt', 1);
const b = rule('string', 'exact', 'x');
const c = inAudience(7);

function written(condition: Condition): Condition | null {
  return toCondition(fromCondition(condition), () => true).condition;
}

describe('trees from elsewhere', () => {
  it.each<[string, Condition, Condition]>([
    ['a rule alone gets a group', a, all(a)],
    ['a negative rule alone', not(a), all(not(a))],
    ['two nots cancel', all(not(not(a)), b), all(a, b)],
    ['three nots are one', not(not(not(any(a, b)))), not(any(a, b))],
    ['none of', not(any(a, c)), not(any(a, c))],
    ['not all of', all(not(all(a, b)), c), all(not(all(a, b)), c)],
    ['not of a group of one', not(any(not(c))), not(any(not(c)))],
  ])('%s', (_name, condition, expected) => {
    expect(written(condition)).toEqual(expected);
  });

  it('nobody is an empty group, and nothing to ask', () => {
    const root = fromCondition(any());
    expect(root).toMatchObject({ kind: 'group', mode: 'any', children: [] });
    expect(toCondition(root, () => true).condition).toBeNull();
  });

  it('any tree asks every profile the same after it went through the editor', () => {
    fc.assert(
      fc.property(arbitraryWorld(6), (world) => {
        const catalog = catalogOf(world);
        const bind = (condition: Condition) => bindConditions(condition, { catalog }).condition;
        const types = new Map(world.attributes.map(({ id, type }) => [id, type]));
        for (const condition of world.conditions) {
          const again = written(condition);
          expect(again).not.toBeNull();
          if (!again) return;
          for (const { values } of world.rows) {
            const typed = new Map(
              [...values].map(([id, text]) => [id, typedValue(types.get(id) ?? 'string', text)]),
            );
            const profile = { values: typed, now: world.now };
            expect(evaluate(bind(again), profile)).toBe(evaluate(bind(condition), profile));
          }
          // And what the editor wrote it reads back as it wrote it.
          expect(written(again)).toEqual(again);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is written', () => {
  it('knows which node each place is', () => {
    const root = fromCondition(all(a, not(any(b, not(c)))));
    const { nodes, places } = toCondition(root, () => true);
    expect(places.get('root.1')).toEqual([2]);
    expect(nodes.get(placeOf([2, 1]))).toBe('root.1');
    expect(places.get('root.1.1')).toEqual([2, 1, 2]);
    expect(nodes.get(placeOf([2, 1, 2, 1]))).toBe('root.1.1');
    expect(nodes.get(placeOf([]))).toBe('root');
  });

  it('leaves out what is muted or refused, and groups that are empty then', () => {
    const root = setMuted(fromCondition(all(a, any(b), not(any(c)))), 'root.0', true);
    const { condition, places } = toCondition(root, ({ subject }) => subject?.kind !== 'audience');
    expect(condition).toEqual(all(any(b)));
    expect(places.get('root.1.0')).toEqual([1, 1]);
    expect(toCondition(root, () => false).condition).toBeNull();
  });
});

describe('changes', () => {
  const root = fromCondition(all(a, any(b, c), not(a)));

  it('a rule is added, removed and duplicated', () => {
    const added = insertNode(root, { ...emptyRule(), id: 'x' }, { groupId: 'root.1', index: 1 });
    expect(outline(added)).toBe('all(0 any(0 x 1) 2)');
    expect(removeNode(added, 'x')).toEqual(root);
    const twice = duplicateNode(root, 'root.1');
    expect(outline(twice)).toMatch(/^all\(0 any\(0 1\) any\(new-\d+ new-\d+\) 2\)$/);
    expect(new Set(idsOf(twice)).size).toBe(idsOf(twice).length);
  });

  it('what did not change stays the same object', () => {
    const changed = removeNode(root, 'root.1.0');
    expect(changed.children[0]).toBe(root.children[0]);
    expect(changed.children[1]).not.toBe(root.children[1]);
    expect(removeNode(root, 'nowhere')).toBe(root);
  });

  it('a group is put around and dissolved', () => {
    const around = groupNode(root, 'root.0', 'g');
    expect(outline(around)).toBe('all(any(0) any(0 1) 2)');
    expect(ungroupNode(around, 'g')).toEqual(root);
    expect(ungroupNode(root, 'root')).toBe(root);
  });

  it.each<[string, string, number, string]>([
    ['to the end', 'root', 3, 'all(any(0 1) 2 0)'],
    ['to where it is', 'root', 0, 'all(0 any(0 1) 2)'],
    ['right behind itself', 'root', 1, 'all(0 any(0 1) 2)'],
    ['into a group', 'root.1', 1, 'all(any(0 0 1) 2)'],
  ])('the first moves %s', (_name, groupId, index, expected) => {
    expect(outline(moveNode(root, 'root.0', { groupId, index }))).toBe(expected);
  });

  it('a group does not move into itself', () => {
    expect(moveNode(root, 'root.1', { groupId: 'root.1', index: 0 })).toBe(root);
    expect(moveNode(root, 'root', { groupId: 'root.1', index: 0 })).toBe(root);
  });

  it('steps lead through all places, and back', () => {
    const seen = [];
    let now = root;
    for (let step = 0; step < 6; step++) {
      now = stepNode(now, 'root.0', 1);
      seen.push(placeOfNode(now, 'root.0'));
    }
    expect(seen).toEqual([
      { groupId: 'root.1', index: 0 },
      { groupId: 'root.1', index: 1 },
      { groupId: 'root.1', index: 2 },
      { groupId: 'root', index: 1 },
      { groupId: 'root', index: 2 },
      { groupId: 'root', index: 2 },
    ]);
    for (let step = 0; step < 5; step++) now = stepNode(now, 'root.0', -1);
    expect(now).toEqual(root);
  });

  it('any moves keep every node, once', () => {
    fc.assert(
      fc.property(
        arbitraryWorld(1),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 5 })), { maxLength: 12 }),
        ({ conditions: [condition = a] }, moves) => {
          let tree = fromCondition(condition);
          const ids = idsOf(tree).toSorted();
          for (const [which, where, index] of moves) {
            const id = ids[which % ids.length] ?? '';
            const groupId = ids[where % ids.length] ?? '';
            if (findNode(tree, groupId)?.kind !== 'group') continue;
            tree = index === 5 ? stepNode(tree, id, 1) : moveNode(tree, id, { groupId, index });
          }
          expect(idsOf(tree).toSorted()).toEqual(ids);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('steps are undone and done again; keys typed into one field are one step', () => {
  let history = startHistory('');
  history = recordStep(history, 'one');
  for (const text of ['t', 'tw', 'two']) history = recordStep(history, text, 'field');
  history = undoStep(history);
  expect(history.present).toBe('one');
  history = redoStep(history);
  expect(history.present).toBe('two');
  history = undoStep(undoStep(undoStep(history)));
  expect(history.present).toBe('');
  history = recordStep(history, 'new');
  expect(redoStep(history)).toBe(history);
});

function idsOf(node: EditorNode): string[] {
  return node.kind === 'rule' ? [node.id] : [node.id, ...node.children.flatMap(idsOf)];
}

/** The tree's shape, with the last part of each rule's id. */
function outline(node: EditorNode): string {
  if (node.kind === 'rule') return node.id.split('.').at(-1) ?? '';
  return `${node.mode}(${node.children.map(outline).join(' ')})`;
}

test('rules are listed in reading order', () => {
  const tree: EditorGroup = fromCondition(all(a, any(b, c)));
  expect(rulesOf(tree).map(({ id }) => id)).toEqual(['root.0', 'root.1.0', 'root.1.1']);
});
