import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { toQueryString } from '#lib/queries/fetch-json.ts';

/** What the address of the list may hold; `new` opens the form, filled in with the rest. */
export const privacyParameters = {
  page: parseAsInteger.withDefault(1),
  new: parseAsStringLiteral(['yes']),
  table: parseAsInteger,
  customerId: parseAsString.withDefault(''),
};

/** Where a request about a customer of a table is begun. */
export function newRequestAddress(customer: {
  readonly tableId: number;
  readonly customerId: string;
}): string {
  const { tableId, customerId } = customer;
  return `/settings/privacy${toQueryString({ new: 'yes', table: tableId, customerId })}`;
}
