import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each([
  ['/uploads?state=failed', '/uploads?state=failed'],
  ['/attributes/678', '/attributes/678'],
  [undefined, '/attributes'],
  [['/a', '/b'], '/attributes'],
  ['https://evil.example/', '/attributes'],
  ['//evil.example/', '/attributes'],
  ['/\\evil.example', '/attributes'],
  ['/.//evil.example', '/attributes'],
  ['/..//evil.example/', '/attributes'],
  ['/a/..//evil.example', '/attributes'],
  ['/%2e/\\evil.example', '/attributes'],
  ['/uploads//evil.example', '/uploads//evil.example'],
  ['javascript:alert(1)', '/attributes'],
  ['/sign-in?next=/sign-in', '/attributes'],
])('after signing in, %j leads to %s', (next, expected) => {
  expect(ownPath(next)).toBe(expected);
});
