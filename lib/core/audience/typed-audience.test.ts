import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { BoundCondition } from './bound-condition.ts';
import type { Condition } from './condition.ts';
import { nobody } from './parse-conditions.ts';
import { arbitraryWorld } from './testing/arbitrary-world.ts';
import { all, any, bind, idOf, inAnyCase, not, rule } from './testing/sample-catalog.ts';
import { compareWithSdk } from './testing/compare-with-sdk.ts';
import { sdkValue, toSdkCondition, type SdkCondition } from './typed-audience.ts';
import { typedValue } from './typed-value.ts';

/** `npm run bench -- audience-parity --cases N` searches for longer. */
test('the official SDK gives the same verdicts', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(20), async (world) => {
      const { verdicts, disagreement } = await compareWithSdk(world);
      compared += verdicts;
      expect(disagreement).toBeNull();
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(1_000);
});

function toSdk(condition: BoundCondition): SdkCondition | null {
  return toSdkCondition(condition, ({ id }) => String(id));
}

it.each<[string, Condition]>([
  ['letters of any case', inAnyCase(rule('string', 'exact', 'x'))],
  ['the start of a text', rule('string', 'starts_with', 'x')],
  ['a number beyond 2^53', rule('long', 'gt', '9007199254740993')],
  ['one such value of several', rule('long', 'any_of', [1, '9007199254740993'])],
  ['days that move', rule('date', 'in_last_days', 7)],
  ['anniversaries', rule('date', 'anniversary', 'today')],
  ['any of these inside', all(rule('long', 'gt', 1), not(rule('date', 'anniversary', 'today')))],
])('the SDKs cannot say: %s', (_name, condition) => {
  expect(toSdk(bind(condition))).toBeNull();
});

test('dates become epoch seconds, lists become groups', () => {
  const attribute = { type: 'custom_attribute', name: String(idOf('date')) };
  expect(toSdk(bind(any(rule('date', 'on', '1970-01-02'), not(nobody))))).toEqual([
    'or',
    [
      'and',
      { ...attribute, match: 'ge', value: 86_400 },
      { ...attribute, match: 'lt', value: 172_800 },
    ],
    ['not', ['or']],
  ]);
  expect(sdkValue(typedValue('date', '1970-01-02'))).toBe(86_400);
  expect(sdkValue(2n ** 53n + 1n)).toBeNull();
});
