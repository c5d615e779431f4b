import { randomUUID } from 'node:crypto';
import type { UserRole } from '#lib/contracts/auth.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { systemActor, type UserActor } from '#lib/services/actor.ts';
import { insertService } from '#lib/services/dcp-services.ts';
import { withPhysicalTable } from '#lib/services/tables/with-physical-table.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { prepareStore } from '#lib/store/prepare.ts';

export interface TestAccount {
  readonly accountId: number;
  readonly serviceId: number;
  readonly administrator: UserActor;
  readonly editor: UserActor;
  readonly viewer: UserActor;
}

/** An account with a service and a person of each role. Needs `useTestDatabase`. */
export async function createTestAccount(name = 'Example'): Promise<TestAccount> {
  process.env['MASTER_KEY'] ??= 'the master key of the tests';
  await prepareStore(getPool());
  const account = await getDb().account.create({ data: { name } });
  const service = await withPhysicalTable((tableId) =>
    inTransaction((tx) =>
      insertService(tx, systemActor(account.id), { name: `${name} service`, tableId }),
    ),
  );
  return {
    accountId: account.id,
    serviceId: service.id,
    administrator: await createTestUser(account.id, 'administrator'),
    editor: await createTestUser(account.id, 'editor'),
    viewer: await createTestUser(account.id, 'viewer'),
  };
}

/** A person who cannot sign in: tests of services need no password. */
export async function createTestUser(accountId: number, role: UserRole): Promise<UserActor> {
  const id = randomUUID();
  const name = `Some ${role}`;
  await getDb().user.create({
    data: { id, name, email: `${id}@example.com`, role, accountId },
  });
  return { kind: 'user', accountId, userId: id, name, role };
}
