import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { arbitraryWorld } from '#lib/core/audience/testing/arbitrary-world.ts';
import { all, any, not, rule, sampleCatalog } from '#lib/core/audience/testing/sample-catalog.ts';
import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import { setMuted } from './edit-tree.ts';
import { fromCondition } from './from-condition.ts';
import { needsLayout, readLayout, writeLayout } from './layout.ts';
import { diffLines, outline } from './outline.ts';
import { lineAt, offsetOfPath } from './text-position.ts';

const tree = all(rule('long', 'gt', 5), not(any(rule('string', 'exact', 'x'))));

describe('layout', () => {
  it('brings back what is muted and unfinished', () => {
    const root = setMuted(fromCondition(tree), 'root.1', true);
    expect(readLayout(writeLayout(root))).toEqual(root);
    expect(needsLayout(root)).toBe(true);
    expect(needsLayout(fromCondition(tree))).toBe(false);
  });

  it('any tree comes back as it was', () => {
    fc.assert(
      fc.property(arbitraryWorld(3), ({ conditions }) => {
        for (const root of conditions.map(fromCondition)) {
          expect(readLayout(writeLayout(root))).toEqual(root);
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each(['', '{}', '[]', '{"format":2}', '{"format":1,"root":{"kind":"rule"}}', 'null'])(
    'what is none: %s',
    (text) => {
      expect(readLayout(text)).toBeNull();
    },
  );
});

describe('differences', () => {
  it('are told line by line, in words', () => {
    const catalog = sampleCatalog();
    const before = outline(fromCondition(tree), catalog);
    expect(before).toEqual([
      'all of',
      '    long is more than 5',
      '    none of',
      '        string is x',
    ]);
    const after = outline(
      fromCondition(all(rule('long', 'gt', 6), rule('bool', 'exists'))),
      catalog,
    );
    expect(diffLines(before, after).map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
      'same all of',
      'removed long is more than 5',
      'removed none of',
      'removed string is x',
      'added long is more than 6',
      'added bool has a value',
    ]);
  });

  test('lead from the one to the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        const left = (kind: 'added' | 'removed') =>
          diff.filter((line) => line.kind !== kind).map(({ text }) => text);
        expect(left('added')).toEqual(before);
        expect(left('removed')).toEqual(after);
      }),
    );
  });
});

describe('places in JSON', () => {
  const json = JSON.stringify(
    ['and', { type: 'x"]', value: [1, { a: 2 }] }, ['or', { b: '\\' }, { c: 'here' }]],
    null,
    2,
  );
  it.each<[(string | number)[], string]>([
    [[], '[\n  "and"'],
    [[0], '"and"'],
    [[1, 'value', 1, 'a'], '2\n'],
    [[2, 2, 'c'], '"here"'],
    [[2, 1, 'nothing'], '{\n      "b"'],
  ])('%j', (path, expected) => {
    expect(json.slice(offsetOfPath(json, path)).startsWith(expected)).toBe(true);
  });

  it('have lines', () => {
    expect(lineAt(json, offsetOfPath(json, [0]))).toBe(2);
  });

  it('hold in any stored tree', () => {
    fc.assert(
      fc.property(arbitraryWorld(2), ({ conditions }) => {
        for (const condition of conditions) {
          const text = serialiseConditions(condition);
          const value: unknown = JSON.parse(text);
          if (!Array.isArray(value)) continue;
          for (const [index, part] of value.entries()) {
            const found = text.slice(offsetOfPath(text, [index]));
            expect(found.startsWith(JSON.stringify(part))).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
