import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { bucket, type Integrator, type NewAttribute, type Table } from './integrator.ts';
import type { Product } from './product.ts';

/** Sends a file as an S3 client does, and waits until it is loaded. */
export async function load(
  { product, integrator }: { readonly product: Product; readonly integrator: Integrator },
  table: Table,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<void> {
  const client = new S3Client({
    endpoint: product.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: table.aws_access_key, secretAccessKey: table.aws_secret_key },
  });
  const before = await integrator.uploads(table);
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: `${table.s3_path}/${name}`, Body: text }),
  );
  client.destroy();
  await expect
    .poll(async () => (await integrator.uploads(table)).length, { timeout: 60_000 })
    .toBe(before.length + 1);
  expect((await integrator.endedUpload(table)).state).toBe('completed');
}

/** A call with the page's own session; the answer's body. */
export async function call(
  page: Page,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<unknown> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const response = await fetch(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      const answer: unknown = text === '' ? null : JSON.parse(text);
      return answer;
    },
    { method, path, body },
  );
}

const string = (name: string): NewAttribute => ({ name, datatype: 'string', format: null });
const long = (name: string): NewAttribute => ({ name, datatype: 'long', format: null });

interface Customers {
  readonly crm: Table;
  readonly web: Table;
}

/**
 * Two tables and four profiles: two users who are customers of both, and two customers whom nobody is aliased to.
 *
 * @param suffix of the tables' names, for a journey of its own.
 */
export async function loadCustomers(
  page: Page,
  { product, integrator }: { readonly product: Product; readonly integrator: Integrator },
  suffix: string,
): Promise<Customers> {
  const crm = await integrator.createTable(`CRM ${suffix}`, [string('plan'), long('orders')]);
  const web = await integrator.createTable(`Web ${suffix}`, [long('visits')]);
  const shop = { product, integrator };
  await load(shop, crm, {
    name: 'crm.csv',
    text: 'customerId,plan,orders\nc1,gold,12\nc2,gold,3\nc3,silver,20\nc4,,1\n',
  });
  await load(shop, web, { name: 'web.csv', text: 'customerId,visits\nw1,9\nw2,2\n' });
  for (const [userId, table, customerId] of [
    [`u1-${suffix}`, crm, 'c1'],
    [`u1-${suffix}`, web, 'w1'],
    [`u2-${suffix}`, crm, 'c2'],
    [`u2-${suffix}`, web, 'w2'],
  ] as const) {
    await call(page, 'POST', '/api/profiles/aliases', { userId, tableId: table.id, customerId });
  }
  return { crm, web };
}

const tableAttributes = z.object({
  attributes: z.array(z.object({ id: z.int(), name: z.string() })),
});

export async function attributeId(page: Page, table: Table, name: string): Promise<number> {
  const { attributes } = tableAttributes.parse(await call(page, 'GET', `/api/tables/${table.id}`));
  const found = attributes.find((attribute) => attribute.name === name);
  if (!found) throw new Error(`The table has no attribute ${name}.`);
  return found.id;
}
