import type { WantedCustomers } from '#lib/ingest/find-customer-rows.ts';
import { aliasColumnName } from '../../core/datatypes/attribute-name.ts';
import type { SearchedTable } from './search-scope.ts';
import type { Subject } from './subject.ts';

/** Whom to look for in the files of a table; `null` when no row of them could be the customer's. */
export function wantedIn(
  table: SearchedTable,
  tables: readonly SearchedTable[],
  subject: Subject,
): WantedCustomers | null {
  const ids = idsIn(table.id, subject);
  const aliases = new Map<string, ReadonlySet<string>>();
  if (table.isOptimizely) {
    for (const other of tables.filter(({ serviceId }) => serviceId === table.serviceId)) {
      const others = idsIn(other.id, subject);
      if (other.id !== table.id && others.size > 0) aliases.set(aliasColumnName(other.id), others);
    }
  }
  return ids.size + aliases.size === 0 ? null : { ids, aliases };
}

function idsIn(tableId: number, { rows }: Subject): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.tableId === tableId).map((row) => row.customerId));
}
