import { z } from 'zod';
import type {
  createDcpAttributeRequest,
  updateDcpAttributeRequest,
} from '../contracts/v1/dcp-datasource-attributes.ts';
import {
  dcpAttribute,
  dcpAttributeInList,
  type DcpAttribute,
} from '../contracts/v1/dcp-datasource-attributes.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/dcp_datasource_attributes';

export class Attributes {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** All attributes of a table, archived ones included. */
  list(table: number): Promise<z.infer<typeof dcpAttributeInList>[]> {
    return this.#transport.read({ path: pathIn(table) }, z.array(dcpAttributeInList));
  }

  create(table: number, body: z.input<typeof createDcpAttributeRequest>): Promise<DcpAttribute> {
    return this.#transport.read({ method: 'POST', path: pathIn(table), body }, dcpAttribute);
  }

  get(id: number): Promise<DcpAttribute> {
    return this.#transport.read({ path: `${base}/${id}` }, dcpAttribute);
  }

  /** Changes what is named; `{ archived: false }` restores. */
  update(id: number, body: z.input<typeof updateDcpAttributeRequest>): Promise<DcpAttribute> {
    return this.#transport.read({ method: 'PUT', path: `${base}/${id}`, body }, dcpAttribute);
  }

  archive(id: number): Promise<void> {
    return this.#transport.run({ method: 'DELETE', path: `${base}/${id}` });
  }
}

function pathIn(table: number): string {
  return `/experiment/v1/dcp_datasources/${table}/dcp_datasource_attributes`;
}
