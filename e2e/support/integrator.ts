import { expect } from '@playwright/test';
import { z } from 'zod';
import type { Product } from './product.ts';

export const bucket = 'optimizely-import';

const service = z.object({ id: z.int(), name: z.string(), s3_path: z.string() });
const table = z.object({
  id: z.int(),
  dcp_service_id: z.int(),
  s3_path: z.string(),
  aws_access_key: z.string(),
  aws_secret_key: z.string(),
});
const attribute = z.object({ id: z.int(), name: z.string() });
const upload = z.strictObject({
  id: z.int(),
  dcp_datasource_id: z.int(),
  key: z.string(),
  source: z.enum(['s3', 'browser', 'api', 'bucket']),
  size_bytes: z.int(),
  check_only: z.boolean(),
  state: z.enum([
    'received',
    'queued',
    'processing',
    'completed',
    'completed_with_errors',
    'failed',
    'cancelled',
  ]),
  rows_read: z.int(),
  rows_reached: z.int(),
  rows_accepted: z.int(),
  rows_rejected: z.int(),
  rows_changed: z.int(),
  rows_created: z.int(),
  rows_unchanged: z.int().nullable(),
  error: z.string().nullable(),
  created: z.iso.datetime(),
  started: z.iso.datetime().nullable(),
  finished: z.iso.datetime().nullable(),
});

export type Table = z.infer<typeof table>;
export type Upload = z.infer<typeof upload>;

export interface NewAttribute {
  readonly name: string;
  readonly datatype: 'string' | 'bool' | 'long' | 'double' | 'datetime';
  readonly format: 'yyyy-mm-dd' | 'yyyy-mm-ddThh:mm:ssZ' | 'epoch' | null;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const ended = ['completed', 'completed_with_errors', 'failed', 'cancelled'];

/** A program on the other side of the network, with the addresses and a classic API token. */
export class Integrator {
  readonly #product: Product;
  readonly #headers: Record<string, string>;

  constructor(product: Product, token: string | null) {
    this.#product = product;
    this.#headers = token === null ? {} : { token };
  }

  /** The service that is there from the start. */
  async defaultService(): Promise<z.infer<typeof service>> {
    const services = z.array(service).parse(await this.#read('dcp_services'));
    const [first] = services;
    if (!first) throw new Error('There is no service.');
    return first;
  }

  async createTable(name: string, attributes: readonly NewAttribute[]): Promise<Table> {
    const { id } = await this.defaultService();
    const created = table.parse(
      await this.#create(`dcp_services/${id}/dcp_datasources`, {
        name,
        keyfield_locator_type: 'cookie',
        keyfield_locator_name: 'logged_in_id',
      }),
    );
    for (const body of attributes) {
      const path = `dcp_datasources/${created.id}/dcp_datasource_attributes`;
      expect(attribute.parse(await this.#create(path, body)).name).toBe(body.name);
    }
    return table.parse(await this.#read(`dcp_datasources/${created.id}`));
  }

  /** Uploads of a table, the latest first. */
  async uploads({ id }: Table): Promise<Upload[]> {
    return z.array(upload).parse(await this.#read(`dcp_datasources/${id}/dcp_uploads`));
  }

  async upload(id: number): Promise<Upload> {
    return upload.parse(await this.#read(`dcp_uploads/${id}`));
  }

  /** What became of the file last sent to the table, polled as an integration does. */
  async endedUpload(table: Table): Promise<Upload> {
    const [latest] = await this.uploads(table);
    if (!latest) throw new Error('Nothing was uploaded to the table.');
    const state = async () => (await this.upload(latest.id)).state;
    await expect.poll(state, { timeout: 300_000 }).toMatch(new RegExp(`^(${ended.join('|')})$`));
    return this.upload(latest.id);
  }

  /** Rejected rows as CSV. */
  async rejects({ id }: Upload): Promise<string> {
    const { status, text } = await this.configuration(`dcp_uploads/${id}/rejects`);
    expect(status, text).toBe(200);
    return text;
  }

  /** One row, as the text that was sent: parsing would round what must be exact. */
  profile(table: Table, customerId: string): Promise<Answer> {
    return this.#send(this.#profileUrl(table, customerId));
  }

  /** @param data the value of `data` as JSON text. */
  writeProfile(table: Table, customerId: string, data: string): Promise<Answer> {
    return this.#send(this.#profileUrl(table, customerId), `{"data":${data}}`);
  }

  /** Any address below `/experiment/v1/`; POSTs when there is a body. */
  configuration(path: string, body?: unknown): Promise<Answer> {
    const url = `${this.#product.url}/experiment/v1/${path}`;
    return this.#send(url, body === undefined ? undefined : JSON.stringify(body));
  }

  #profileUrl({ id, dcp_service_id: serviceId }: Table, customerId: string): string {
    const path = `${serviceId}/${id}/${encodeURIComponent(customerId)}`;
    return `${this.#product.profileUrl}/api/customer_profile/${path}`;
  }

  async #read(path: string): Promise<unknown> {
    const { status, text } = await this.configuration(path);
    expect(status, `GET ${path}: ${text}`).toBe(200);
    return JSON.parse(text);
  }

  async #create(path: string, body: unknown): Promise<unknown> {
    const { status, text } = await this.configuration(path, body);
    expect(status, `POST ${path}: ${text}`).toBe(201);
    return JSON.parse(text);
  }

  async #send(url: string, body?: string): Promise<Answer> {
    const response = await fetch(url, {
      headers: { ...this.#headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    return { status: response.status, text: await response.text() };
  }
}
