import { getDb } from '#lib/db/client.ts';
import { toProfileTable, type ProfileTable } from '../profiles/profile-table.ts';

/** A table as a privacy request reads it: archived attributes are held, too. */
export interface SearchedTable extends ProfileTable {
  readonly serviceName: string;
  readonly archivedIds: ReadonlySet<number>;
}

export interface Scope {
  readonly accountId: number;
  /** null for all services. */
  readonly serviceId: number | null;
}

/** Every table that a request may look into, archived ones included. */
export async function readScope({ accountId, serviceId }: Scope): Promise<SearchedTable[]> {
  const tables = await getDb().table.findMany({
    where: { service: { accountId, ...(serviceId === null ? {} : { id: serviceId }) } },
    include: { attributes: { orderBy: { id: 'asc' } }, service: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  return tables.map((table) => {
    const archived = table.attributes.filter(({ archivedAt }) => archivedAt !== null);
    const all = table.attributes.map((attribute) => ({ ...attribute, archivedAt: null }));
    return {
      ...toProfileTable({ ...table, attributes: all }),
      serviceName: table.service.name,
      archivedIds: new Set(archived.map(({ id }) => id)),
    };
  });
}
