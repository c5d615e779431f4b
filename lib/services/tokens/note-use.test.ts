import { expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createRandomSecret, hashSecret } from '../secrets.ts';
import { noteUse } from './note-use.ts';

useTestDatabase();

test('uses of tokens are written down together, each token’s about once a minute', async () => {
  const { accountId, editor } = await createTestAccount();
  const [first, second] = [await token('first'), await token('second')];
  noteUse(first, 1_000_000);
  noteUse(second, 1_000_500);
  await expect.poll(() => used(second), { timeout: 5_000 }).toBe(1_000_500);
  expect(await used(first)).toBe(1_000_000);
  noteUse(first, 1_059_999);
  noteUse(second, 1_060_500);
  await expect.poll(() => used(second), { timeout: 5_000 }).toBe(1_060_500);
  expect(await used(first)).toBe(1_000_000);

  async function token(name: string): Promise<number> {
    const hash = hashSecret(createRandomSecret());
    const data = { accountId, userId: editor.userId, name, prefix: '', hash };
    return (await getDb().apiToken.create({ data })).id;
  }
});

async function used(id: number): Promise<number | undefined> {
  const { lastUsedAt } = await getDb().apiToken.findUniqueOrThrow({ where: { id } });
  return lastUsedAt?.getTime();
}
