import type { DbTransaction } from './client.ts';

/** Holds other changes of one row back until the transaction ends. */
export async function lockRow(
  tx: DbTransaction,
  model: 'Account' | 'Service' | 'Project' | 'Table',
  id: number,
): Promise<void> {
  switch (model) {
    case 'Account':
      await tx.$executeRaw`SELECT 1 FROM "Account" WHERE id = ${id} FOR NO KEY UPDATE`;
      return;
    case 'Service':
      await tx.$executeRaw`SELECT 1 FROM "Service" WHERE id = ${id} FOR NO KEY UPDATE`;
      return;
    case 'Project':
      await tx.$executeRaw`SELECT 1 FROM "Project" WHERE id = ${id} FOR NO KEY UPDATE`;
      return;
    case 'Table':
      await tx.$executeRaw`SELECT 1 FROM "Table" WHERE id = ${id} FOR NO KEY UPDATE`;
  }
}

/** Arbitrary, but the same for every node. */
const bootstrapLock = 0x0dca;

/** Lets one node at a time prepare the installation; ends with the transaction. */
export async function lockBootstrap(tx: DbTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${bootstrapLock})`;
}
