import type { ReadProfileParameters } from '#lib/contracts/profiles.ts';
import { toQueryString } from '#lib/queries/fetch-json.ts';

/** Where the dashboard shows a customer. */
export function profileAddress({ tableId, customerId }: ReadProfileParameters): string {
  return `/profiles${toQueryString({ table: tableId, customerId })}`;
}
