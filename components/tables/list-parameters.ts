import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { tableSorts, type ListTablesParameters } from '#lib/contracts/tables.ts';

const tableStatuses = ['active', 'archived', 'all'] as const;

/** The dashboard's view in its address: a shared link shows the same. */
export const tableListParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(tableStatuses).withDefault('active'),
  sort: parseAsStringLiteral(tableSorts).withDefault('name'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  page: parseAsInteger.withDefault(1),
  perPage: parseAsInteger.withDefault(25),
};

export const loadTableListParameters = createLoader(tableListParsers);

/** What somebody typed into the address may be out of range. */
export function withinLimits(parameters: ListTablesParameters): ListTablesParameters {
  return {
    ...parameters,
    page: Math.max(1, parameters.page),
    perPage: Math.min(200, Math.max(1, parameters.perPage)),
  };
}

/** Of the checklist: the tables touched last, whatever the list is filtered by. */
export const overviewParameters: ListTablesParameters = {
  search: '',
  status: 'all',
  sort: 'modified',
  direction: 'desc',
  page: 1,
  perPage: 50,
};
