import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { attributes, ordinaryData, writeCustomers } from './support/integrator-file.ts';
import { bucket } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import type { Product } from './support/product.ts';
import { rolePid } from './support/role-process.ts';
import { awsCommands, credentialsOf, pythons } from './support/s3-clients.ts';
import { StallingLine } from './support/stalling-line.ts';

const megabyte = 1_000_000;

const putScript = `
import sys, boto3
endpoint, bucket, key, name = sys.argv[1:]
boto3.client('s3', endpoint_url=endpoint).put_object(Bucket=bucket, Key=key, Body=open(name, 'rb'))
`;

/** One request for the whole file, and one for each of its parts. */
const cases = [
  ...pythons.slice(0, 1).map((python) => ({
    name: `put_object of ${python}`,
    bytes: 6 * megabyte,
    stallAfter: 4 * megabyte,
    command: (endpoint: string, key: string) =>
      `${python} put.py ${endpoint} ${bucket} ${key} customers.csv`,
  })),
  ...awsCommands.slice(0, 1).map((aws) => ({
    name: `parts of ${aws}`,
    bytes: 20 * megabyte,
    stallAfter: 15 * megabyte,
    command: (endpoint: string, key: string) =>
      `${aws} --endpoint-url ${endpoint} s3 cp customers.csv s3://${bucket}/${key}`,
  })),
];

/** More attempts than the clients' five, which a busy machine can outlast. */
const patience = { AWS_RETRY_MODE: 'standard', AWS_MAX_ATTEMPTS: '10' };

/** Bytes that the endpoint wrote of files that it has not got whole. */
async function bytesOnTheWay({ dataDir }: Product): Promise<number> {
  const folder = join(dataDir, 'objects', 'incoming');
  const sizes = (await readdir(folder)).map(async (name) => {
    const file = await stat(join(folder, name)).catch(() => null);
    // A file that is whole by now has moved away.
    return file?.size ?? 0;
  });
  return (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
}

for (const { name, bytes, stallAfter, command } of cases) {
  test(`${name}: an endpoint killed in the middle costs a retry and nothing else`, async ({
    product,
    integrator,
    workplace,
  }) => {
    const table = await integrator.createTable(`Killed during ${name}`, attributes);
    const key = `${table.s3_path}/customers.csv`;
    const path = join(workplace.folder, 'customers.csv');
    const customers = await writeCustomers(path, { bytes });
    await workplace.write('put.py', putScript);
    const before = await bytesOnTheWay(product);

    const line = await StallingLine.open(new URL(product.s3Url), stallAfter);
    const sent = workplace.paste(command(line.url, key), { ...credentialsOf(table), ...patience });
    await Promise.race([line.stalled, sent]);
    await expect.poll(() => bytesOnTheWay(product)).toBeGreaterThan(before);
    const edge = await rolePid(product, 'edge');
    process.kill(edge, 'SIGKILL');
    expect(await integrator.uploads(table)).toEqual([]);
    line.release();
    await sent;
    await line.close();
    expect(await rolePid(product, 'edge')).not.toBe(edge);

    const upload = await integrator.endedUpload(table);
    expect(upload).toMatchObject({
      key,
      state: 'completed',
      size_bytes: (await stat(path)).size,
      rows_read: customers,
      rows_accepted: customers,
      rows_changed: customers,
    });
    expect(await integrator.uploads(table)).toEqual([upload]);
    const last = await integrator.profile(table, `c${customers - 1}`);
    expect(last.text).toContain(ordinaryData(customers - 1));

    await workplace.paste(
      `${awsCommands[0] ?? 'aws'} --endpoint-url ${product.s3Url} s3 cp s3://${bucket}/${key} back.csv`,
      credentialsOf(table),
    );
    const back = await readFile(join(workplace.folder, 'back.csv'));
    expect(back.equals(await readFile(path))).toBe(true);
  });
}
