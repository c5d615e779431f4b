import { describe, expect, it } from 'vitest';

import { guessType } from './guess-type.ts';

describe('guessType', () => {
  it.each([
    ['is_member', 'bool'],
    ['newsletter opt-in', 'bool'],
    ['visit_count', 'long'],
    ['total orders', 'long'],
    ['LTV', 'double'],
    ['Life-time value', 'double'],
    ['avg_order_value', 'double'],
    ['signup_date', 'date'],
    ['last_seen_at', 'datetime'],
    ['createdAt', 'datetime'],
    ['signup_epoch', 'epoch'],
    ['most_viewed_category', 'string'],
  ])('%s alone is %s', (name, type) => {
    expect(guessType(name)).toBe(type);
  });

  it.each<[string, string[], string]>([
    ['x', ['true', 'FALSE'], 'bool'],
    ['x', ['1', '-2', ''], 'long'],
    ['x', ['1', '2.5'], 'double'],
    ['x', ['2024-02-29'], 'date'],
    ['x', ['2024-02-29T00:00:00Z'], 'datetime'],
    ['x', ['2024-02-30'], 'string'],
    ['zip', ['01234', '99999'], 'string'],
    ['last_seen_at', ['1651676123'], 'epoch'],
    ['views', ['1651676123'], 'long'],
    ['ltv', ['10', '20'], 'double'],
    ['is_member', ['yes', 'no'], 'string'],
    ['signup_date', ['', ' '], 'date'],
  ])('%s with %j is %s', (name, samples, type) => {
    expect(guessType(name, samples)).toBe(type);
  });
});
