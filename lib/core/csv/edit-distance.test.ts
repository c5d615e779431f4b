import { describe, expect, it } from 'vitest';

import { editDistance, nearestName } from './edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['revnue', 'revenue', 1],
    ['revneue', 'revenue', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('%j to %j is %d', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
    expect(editDistance(to, from)).toBe(edits);
  });
});

describe('nearestName', () => {
  it.each([
    ['Last_Seen', 'last seen'],
    ['regon', 'region'],
    ['revenu', 'revenue'],
    ['zip', null],
    ['', null],
  ])('%j suggests %j', (name, nearest) => {
    expect(nearestName(name, ['revenue', 'region', 'last seen'])).toBe(nearest);
  });
});
