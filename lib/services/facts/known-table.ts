import type { DbTransaction } from '#lib/db/client.ts';
import { toProfileTable, type ProfileTable } from '../profiles/profile-table.ts';

export interface KnownTable {
  readonly accountId: number;
  readonly table: ProfileTable;
}

export async function findKnownTable(db: DbTransaction, id: number): Promise<KnownTable | null> {
  const found = await db.table.findUnique({
    where: { id },
    include: { attributes: { orderBy: { id: 'asc' } }, service: { select: { accountId: true } } },
  });
  return found && { accountId: found.service.accountId, table: toProfileTable(found) };
}
