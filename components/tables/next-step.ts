import type { TableSummary } from '#lib/contracts/tables.ts';

export type NextStep =
  | { readonly step: 'table' | 'done' }
  | { readonly step: 'attributes' | 'upload'; readonly table: TableSummary };

/** What is left to do until the first customers are in. The built-in table counts once it is used. */
export function findNextStep(tables: readonly TableSummary[]): NextStep {
  const own = tables.filter((table) => !table.isOptimizely && !table.archived);
  if (tables.some((table) => table.lastUpload !== null || table.rowCount > 0)) {
    return { step: 'done' };
  }
  const ready = own.find((table) => table.attributeCount > 0);
  if (ready) return { step: 'upload', table: ready };
  const [bare] = own;
  return bare ? { step: 'attributes', table: bare } : { step: 'table' };
}
