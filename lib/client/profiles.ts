import { z } from 'zod';
import {
  customerProfile,
  readBatchResponse,
  writeBatchResponse,
  type CustomerProfile,
  type ReadResult,
  type WriteVerdict,
} from '../contracts/profile-api.ts';
import { inBatches } from './in-batches.ts';
import type { AttributeValue } from './to-json.ts';
import type { Transport } from './transport.ts';

export interface TableAddress {
  readonly service: number;
  readonly table: number;
}

export interface RowAddress extends TableAddress {
  readonly customerId: string;
}

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

export interface RowToWrite {
  readonly customerId: string;
  readonly data: AttributeValues;
}

export class Profiles {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One row. A long beyond ±(2^53 − 1) is a text of its digits: `BigInt(value)` takes both forms. */
  get(row: RowAddress): Promise<CustomerProfile> {
    return this.#transport.read({ path: pathOf(row) }, customerProfile);
  }

  /** Sets what is named, all or nothing; the rest of the row stays, null clears. */
  set(row: RowAddress, data: AttributeValues): Promise<void> {
    return this.#transport.run({ method: 'POST', path: pathOf(row), body: { data } });
  }

  delete(row: RowAddress): Promise<void> {
    return this.#transport.run({ method: 'DELETE', path: pathOf(row) });
  }

  /** Writes as many rows as there are, up to 1,000 a call; a verdict for each, in their order. */
  async *setMany(
    table: TableAddress,
    rows: Iterable<RowToWrite> | AsyncIterable<RowToWrite>,
  ): AsyncGenerator<WriteVerdict> {
    for await (const profiles of inBatches(rows)) {
      const call = { method: 'POST', path: batchPathOf(table), body: { profiles } } as const;
      yield* (await this.#transport.read(call, writeBatchResponse)).results;
    }
  }

  /** Reads as many rows as are asked for, up to 1,000 a call; a row or a 404 for each, in their order. */
  async *getMany(
    table: TableAddress,
    ids: Iterable<string> | AsyncIterable<string>,
  ): AsyncGenerator<ReadResult> {
    for await (const customerIds of inBatches(ids)) {
      const path = `${batchPathOf(table)}/lookup`;
      const call = { method: 'POST', path, body: { customerIds } } as const;
      yield* (await this.#transport.read(call, readBatchResponse)).results;
    }
  }

  /** The rows of an Optimizely user in all tables, the user's own first. */
  consolidated(user: {
    readonly service: number;
    readonly customerId: string;
  }): Promise<CustomerProfile[]> {
    const path = `/api/consolidatedCustomerView/${user.service}/${encodeURIComponent(user.customerId)}`;
    return this.#transport.read({ path }, z.array(customerProfile));
  }
}

function pathOf({ service, table, customerId }: RowAddress): string {
  return `/api/customer_profile/${service}/${table}/${encodeURIComponent(customerId)}`;
}

function batchPathOf({ service, table }: TableAddress): string {
  return `/api/customer_profiles/${service}/${table}`;
}
