import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderAudiences } from './order-audiences.ts';
import { any, inAudience } from './testing/sample-catalog.ts';

type Graph = readonly (readonly number[])[];

/** Audience n refers to those at n. */
function catalogOf(graph: Graph) {
  return {
    attribute: () => undefined,
    audience: (id: number) => {
      const named = graph[id];
      if (!named) return undefined;
      return { id, name: `A${id}`, isArchived: false, condition: any(...named.map(inAudience)) };
    },
  };
}

function leadsTo(graph: Graph, from: number, target: number): boolean {
  const reached = new Set<number>();
  const waiting = [...(graph[from] ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    // What the audience itself refers to is being replaced.
    if (id !== target) waiting.push(...(graph[id] ?? []));
  }
  return reached.has(target);
}

const size = 7;
const graphs = fc.array(fc.uniqueArray(fc.nat(size), { maxLength: 3 }), {
  minLength: size,
  maxLength: size,
});

test('those in a circle, or that lead back, are set apart; the others come after what they refer to', () => {
  fc.assert(
    fc.property(graphs, fc.option(fc.nat(size - 1), { nil: undefined }), (graph, audienceId) => {
      const { ids, circular } = orderAudiences(graph.keys(), {
        catalog: catalogOf(graph),
        audienceId,
      });
      expect(ids.toSorted()).toEqual([...graph.keys()].filter((id) => id !== audienceId));
      for (const [place, id] of ids.entries()) {
        const isCircular =
          leadsTo(graph, id, id) || (audienceId !== undefined && leadsTo(graph, id, audienceId));
        expect(circular.has(id)).toBe(isCircular);
        if (isCircular) continue;
        const named = (graph[id] ?? []).filter((next) => graph[next]);
        expect(named.every((next) => ids.indexOf(next) < place)).toBe(true);
      }
    }),
  );
});

test('a long chain needs no deep stack, and each audience is read once', () => {
  const graph = Array.from({ length: 50_000 }, (_, id) => (id === 0 ? [] : [id - 1]));
  const { ids, circular } = orderAudiences([graph.length - 1], { catalog: catalogOf(graph) });
  expect(ids).toEqual([...graph.keys()]);
  expect(circular.size).toBe(0);
});

test('many that refer to the same many are read once each', () => {
  const [layers, width] = [4, 300];
  const graph = Array.from({ length: layers * width }, (_, id) => {
    const below = Math.floor(id / width) * width - width;
    return below < 0 ? [] : Array.from({ length: width }, (_next, index) => below + index);
  });
  const catalog = catalogOf(graph);
  let read = 0;
  const counting = {
    ...catalog,
    audience: (id: number) => {
      read += 1;
      return catalog.audience(id);
    },
  };
  orderAudiences(graph.keys(), { catalog: counting });
  expect(read).toBeLessThanOrEqual(2 * graph.length);
});
