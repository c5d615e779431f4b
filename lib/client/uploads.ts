import { z } from 'zod';
import { dcpUpload, type DcpUpload } from '../contracts/v1/dcp-uploads.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/dcp_uploads';
const perPage = 100;

/** When the files arrived; the end does not belong to it. */
export interface Arrival {
  readonly from?: Date;
  readonly before?: Date;
}

export class Uploads {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Of a table, the latest first; pages are fetched as they are needed. */
  async *list(table: number, { from, before }: Arrival = {}): AsyncGenerator<DcpUpload> {
    for (let page = 1; ; page += 1) {
      const query = new URLSearchParams({
        page: String(page),
        per_page: String(perPage),
        ...(from ? { created_from: from.toISOString() } : {}),
        ...(before ? { created_before: before.toISOString() } : {}),
      });
      const path = `/experiment/v1/dcp_datasources/${table}/dcp_uploads?${query}`;
      const uploads = await this.#transport.read({ path }, z.array(dcpUpload));
      yield* uploads;
      if (uploads.length < perPage) return;
    }
  }

  get(id: number): Promise<DcpUpload> {
    return this.#transport.read({ path: `${base}/${id}` }, dcpUpload);
  }

  /** Rejected rows as CSV, to mend and upload again. */
  rejects(id: number): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.#transport.stream({ path: `${base}/${id}/rejects` });
  }

  /** Stores a file that was only checked; gives the new upload. */
  store(id: number): Promise<DcpUpload> {
    return this.#transport.read({ method: 'POST', path: `${base}/${id}/store` }, dcpUpload);
  }
}
