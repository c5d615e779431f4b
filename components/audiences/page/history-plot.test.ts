import { expect, test } from 'vitest';
import { linePath, plotHistory } from './history-plot.ts';

const count = (size: number, countedAt: string) => ({ size, total: 100, countedAt, version: 1 });
const edit = (at: string) => ({ kind: 'edit' as const, at, version: 1, by: 'Ada' });
const noon = new Date('2026-03-12T12:00:00Z');

test('nothing is plotted before the first count', () => {
  expect(plotHistory({ counts: [], marks: [edit('2026-03-12T11:00:00Z')] }, noon)).toBeNull();
});

test('a size holds until the next count, and until now', () => {
  const plot = plotHistory(
    {
      counts: [
        count(40, '2026-03-12T10:00:00Z'),
        count(80, '2026-03-12T11:00:00Z'),
        count(0, '2026-03-12T11:30:00Z'),
      ],
      marks: [],
    },
    noon,
  );
  expect(plot).toMatchObject({ least: 0, most: 80 });
  expect(linePath(plot?.points ?? [])).toBe('M0 50H50V0H75V100H100');
});

test('small changes of a large audience are to be seen', () => {
  const plot = plotHistory(
    {
      counts: [count(100_000, '2026-03-12T10:00:00Z'), count(100_400, '2026-03-12T11:00:00Z')],
      marks: [],
    },
    noon,
  );
  expect(plot).toMatchObject({ least: 99_900, most: 100_500 });
});

test('marks that would hide each other are one place', () => {
  const marks = ['10:00:00', '10:01:00', '11:59:00'].map((time) => edit(`2026-03-12T${time}Z`));
  const plot = plotHistory({ counts: [count(1, '2026-03-12T10:00:00Z')], marks }, noon);
  expect(plot?.marks.map((place) => place.marks.length)).toEqual([2, 1]);
});

test('it begins with the audience, whose first count comes later', () => {
  const plot = plotHistory(
    {
      counts: [count(1, '2026-03-12T11:00:00Z')],
      marks: [edit('2026-03-12T10:00:00Z')],
    },
    noon,
  );
  expect(plot?.marks[0]?.x).toBe(0);
  expect(plot?.points[0]?.x).toBe(0.5);
});
