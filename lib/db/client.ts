import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { getPool } from './pool.ts';

const shared = globalThis as { opendcpPrisma?: PrismaClient };

/** The process's Prisma client, on the same pool as the profile store. */
export function getDb(): PrismaClient {
  shared.opendcpPrisma ??= new PrismaClient({ adapter: new PrismaPg(getPool()) });
  return shared.opendcpPrisma;
}

/** A client or an open transaction. */
export type DbTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
