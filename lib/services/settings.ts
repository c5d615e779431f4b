import { z } from 'zod';
import type { DbTransaction } from '#lib/db/client.ts';

/** Facts and limits of the installation, with what holds while nobody has set them. */
const settings = {
  /** Optimizely gives every account one service. */
  servicesPerAccount: z.int().min(1).default(1),
  /** Whether the REST API shows access keys, as Optimizely's does, to tokens with the right to see them. */
  secretsInAnswers: z.boolean().default(true),
} as const;

type Settings = { readonly [Key in keyof typeof settings]: z.infer<(typeof settings)[Key]> };

export async function readSetting<Key extends keyof Settings>(
  db: DbTransaction,
  key: Key,
): Promise<Settings[Key]> {
  const row = await db.setting.findUnique({ where: { key } });
  return settings[key].parse(row?.value) as Settings[Key];
}
