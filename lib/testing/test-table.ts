import {
  createAttributeRequest,
  type AttributeResponse,
  type CreateAttributeRequest,
} from '#lib/contracts/attributes.ts';
import { createTableRequest, type TableResponse } from '#lib/contracts/tables.ts';
import type { Actor } from '#lib/services/actor.ts';
import { createAttributes } from '#lib/services/attributes/create-attributes.ts';
import { createTable } from '#lib/services/tables/create-table.ts';

let lastName = 0;

export interface TestTable {
  readonly id: number;
  readonly table: TableResponse;
  readonly attributes: readonly AttributeResponse[];
  /** Key of a file of the table. */
  readonly key: (fileName: string) => string;
}

/** An attribute of each datatype and format, named after it. */
const everyDatatype = [
  { name: 'string', datatype: 'string' },
  { name: 'bool', datatype: 'bool' },
  { name: 'long', datatype: 'long' },
  { name: 'double', datatype: 'double' },
  { name: 'date', datatype: 'datetime', format: 'yyyy-mm-dd' },
  { name: 'datetime', datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
  { name: 'epoch', datatype: 'datetime', format: 'epoch' },
] as const;

/** A table of its own, with the given attributes. */
export async function createTestTable(
  actor: Actor,
  attributes: readonly Pick<CreateAttributeRequest, 'name' | 'datatype'>[] = everyDatatype,
): Promise<TestTable> {
  lastName += 1;
  const request = { name: `Table ${lastName}`, keyKind: 'cookie', keyName: 'logged_in_id' };
  const table = await createTable(actor, createTableRequest.parse(request));
  const requests = attributes.map((attribute) => createAttributeRequest.parse(attribute));
  return {
    id: table.id,
    table,
    attributes: requests.length === 0 ? [] : await createAttributes(actor, table.id, requests),
    key: (fileName) => `dcp/${table.serviceId}/${table.id}/${fileName}`,
  };
}
