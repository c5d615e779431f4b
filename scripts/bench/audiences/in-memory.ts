import { evaluate } from '#lib/core/audience/evaluate.ts';
import { secondsOf, type TypedValue } from '#lib/core/audience/typed-value.ts';
import { attributesOf } from '#lib/core/audience/attributes-of.ts';
import type { TestAccount } from '#lib/testing/test-account.ts';
import { bindQuestion } from '#lib/services/audiences/questions/bind-question.ts';

const seconds = 2;

/** A value that some rules hold for and some do not, by the attribute's name. */
const values: Readonly<Record<string, TypedValue>> = {
  ...{ city: 'Berlin', plan: 'premium', newsletter: true, orders: 2_000n, revenue: 4_000.5 },
  ...{ birthday: secondsOf('1985-05-05T00:00:00Z'), signed_up: 1_510_000_000n },
};

/** How many trees one core evaluates in a second, for one profile. */
export async function evaluatedPerSecond(
  { editor }: TestAccount,
  trees: readonly string[],
): Promise<number> {
  const bound = await Promise.all(trees.map((conditions) => bindQuestion(editor, { conditions })));
  const profile = new Map<number, TypedValue>();
  for (const { condition } of bound) {
    for (const { id, name } of attributesOf(condition)) {
      const value = values[name];
      if (value !== undefined) profile.set(id, value);
    }
  }
  const now = new Date();
  const started = performance.now();
  let evaluated = 0;
  let elapsed = 0;
  while (elapsed < seconds * 1000) {
    for (const { condition } of bound) evaluate(condition, { values: profile, now });
    evaluated += bound.length;
    elapsed = performance.now() - started;
  }
  return evaluated / (elapsed / 1000);
}
