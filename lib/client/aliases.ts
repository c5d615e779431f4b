import type { z } from 'zod';
import { userAliases } from '../contracts/profile-api.ts';
import type { RowAddress } from './profiles.ts';
import type { Transport } from './transport.ts';

/** Who an Optimizely user is in other tables. A user is a row of the service's Optimizely table. */
export class Aliases {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(user: RowAddress): Promise<z.infer<typeof userAliases>> {
    return this.#transport.read({ path: pathOf(user) }, userAliases);
  }

  /** Sets customer IDs by table id; the others stay, null removes one. */
  set(user: RowAddress, data: Readonly<Record<number, string | null>>): Promise<void> {
    return this.#transport.run({ method: 'POST', path: pathOf(user), body: { data } });
  }

  /** Removes all aliases, or the one that leads to a table. */
  delete(user: RowAddress, otherTable?: number): Promise<void> {
    const path = otherTable === undefined ? pathOf(user) : `${pathOf(user)}/${otherTable}`;
    return this.#transport.run({ method: 'DELETE', path });
  }
}

function pathOf({ service, table, customerId }: RowAddress): string {
  return `/api/alias/${service}/${table}/${encodeURIComponent(customerId)}`;
}
