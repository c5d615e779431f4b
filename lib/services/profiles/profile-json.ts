import { formatJsonValue } from '../../core/datatypes/format-json-value.ts';
import type { ProfileTable } from './profile-table.ts';

/** One customer's row in one table: exact texts by attribute id. */
export interface CustomerProfile {
  readonly table: ProfileTable;
  readonly customerId: string;
  readonly values: ReadonlyMap<number, string | null>;
}

/**
 * The profile in the shape of the REST API. Written as text, because `JSON.stringify` would round doubles
 * and longs; a long beyond 2^53 is a decimal string. Attributes without a value are left out.
 */
export function renderProfile({ table, customerId, values }: CustomerProfile): string {
  let data = '';
  for (const { attributeId, name, type } of table.attributes) {
    const text = values.get(attributeId) ?? null;
    if (text === null) continue;
    data += `${data === '' ? '' : ','}${JSON.stringify(name)}:${formatJsonValue(type, text)}`;
  }
  return `{"dcpServiceId":"${table.serviceId}","datasourceId":"${table.id}","customerId":${JSON.stringify(customerId)},"data":{${data}}}`;
}
