import { parseAsInteger, parseAsString } from 'nuqs/server';

/** What the address of the lookup page may hold; read by the server and by the browser. */
export const lookupParameters = {
  table: parseAsInteger,
  customerId: parseAsString.withDefault(''),
};
