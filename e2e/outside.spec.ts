import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import {
  attributes,
  badRows,
  exactCustomers,
  ordinaryData,
  writeCustomers,
} from './support/integrator-file.ts';
import { bucket, Integrator, type Table } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import { credentialsOf, pythons } from './support/s3-clients.ts';

/** Enough for boto3 to send parts; `UPLOAD_MEGABYTES=200` for a large file. */
const uploadBytes = Number(process.env['UPLOAD_MEGABYTES'] ?? 12) * 1_000_000;

/** boto3 as its documentation shows it, with nothing but the addresses. */
const uploadScript = `
import sys, boto3
endpoint, bucket, prefix, name = sys.argv[1:]
boto3.client('s3', endpoint_url=endpoint).upload_file(name, bucket, prefix + '/' + name)
`;

const profileText = ({ dcp_service_id: serviceId, id }: Table, customerId: string, data: string) =>
  `{"dcpServiceId":"${serviceId}","datasourceId":"${id}","customerId":"${customerId}","data":${data}}`;

test('the default service is there from the start', async ({ integrator }) => {
  expect(await integrator.defaultService()).toMatchObject({
    name: 'Default service',
    s3_path: 'dcp/1',
  });
});

test('S3 clients are on this machine', () => {
  test.skip(pythons.length === 0, 'boto3 is not installed: its journeys were left out.');
});

for (const python of pythons) {
  test(`customers come in through boto3 of ${python}`, async ({
    product,
    integrator,
    workplace,
  }) => {
    test.setTimeout(15 * 60_000);
    const table = await integrator.createTable(`By boto3 of ${python}`, attributes);
    const send = (name: string) =>
      workplace.paste(
        `${python} upload.py ${product.s3Url} ${bucket} ${table.s3_path} ${name}`,
        credentialsOf(table),
      );
    await workplace.write('upload.py', uploadScript);
    const path = join(workplace.folder, 'customers.csv');
    const first = [...exactCustomers, ...badRows].map(({ row }) => row);
    const ordinary = await writeCustomers(path, { bytes: uploadBytes, first });
    const accepted = exactCustomers.length + ordinary;

    await send('customers.csv');
    const upload = await integrator.endedUpload(table);
    expect(upload).toMatchObject({
      dcp_datasource_id: table.id,
      key: `${table.s3_path}/customers.csv`,
      source: 's3',
      size_bytes: (await stat(path)).size,
      state: 'completed_with_errors',
      rows_read: accepted + badRows.length,
      rows_accepted: accepted,
      rows_rejected: badRows.length,
      rows_changed: accepted,
      error: null,
    });
    expect(await integrator.uploads(table)).toEqual([upload]);

    for (const { id, data } of exactCustomers) {
      const { status, text } = await integrator.profile(table, id);
      expect({ status, text }).toEqual({ status: 200, text: profileText(table, id, data) });
    }
    for (const index of [0, Math.floor(ordinary / 2), ordinary - 1]) {
      const { text } = await integrator.profile(table, `c${index}`);
      expect(text).toBe(profileText(table, `c${index}`, ordinaryData(index)));
    }
    expect((await integrator.profile(table, 'bad-1')).status).toBe(404);

    const rejects = await integrator.rejects(upload);
    const rejected: Record<string, string>[] = parse(rejects, {
      columns: true,
      relax_column_count: true,
    });
    expect(rejected.map((row) => [row['error_column'], row['error_code']])).toEqual(
      badRows.map(({ column, code }) => [column, code]),
    );

    await workplace.write('mended.csv', rejects.replace('yes', 'true'));
    await send('mended.csv');
    expect(await integrator.endedUpload(table)).toMatchObject({
      state: 'completed_with_errors',
      rows_accepted: 1,
      rows_rejected: badRows.length - 1,
    });
    expect((await integrator.profile(table, 'bad-1')).text).toBe(
      profileText(table, 'bad-1', '{"is member":true,"visits":1,"Life-time value":1}'),
    );

    await send('customers.csv');
    expect(await integrator.endedUpload(table)).toMatchObject({
      rows_accepted: accepted,
      rows_changed: 0,
    });
    expect(await integrator.uploads(table)).toHaveLength(3);
  });
}

test('a header that names an unknown attribute fails the file', async ({
  product,
  integrator,
  workplace,
}) => {
  const [python] = pythons;
  test.skip(!python, 'boto3 is not installed.');
  const table = await integrator.createTable('Unknown attribute', attributes);
  await workplace.write('upload.py', uploadScript);
  await workplace.write('typo.csv', 'customerId,vists\nc1,5\n');
  await workplace.paste(
    `${python} upload.py ${product.s3Url} ${bucket} ${table.s3_path} typo.csv`,
    credentialsOf(table),
  );
  const upload = await integrator.endedUpload(table);
  expect(upload).toMatchObject({ state: 'failed', rows_read: 0 });
  expect(upload.error).toContain('visits');
  expect((await integrator.profile(table, 'c1')).status).toBe(404);
});

test('single profiles are written and read', async ({ integrator }) => {
  const table = await integrator.createTable('One by one', attributes);
  for (const { id, data } of exactCustomers) {
    expect(await integrator.writeProfile(table, id, data)).toEqual({ status: 201, text: '' });
    expect((await integrator.profile(table, id)).text).toBe(profileText(table, id, data));
  }
  const [{ id }] = exactCustomers;
  await integrator.writeProfile(table, id, '{"visits":9223372036854775806}');
  const { text } = await integrator.profile(table, id);
  expect(text).toContain('"visits":"9223372036854775806"');
  expect(text).toContain('"Life-time value":1.7976931348623157e+308');

  const refused = await integrator.writeProfile(table, id, '{"visits":1.5,"is member":true}');
  expect(refused.status).toBe(400);
  expect((await integrator.profile(table, id)).text).toBe(text);
});

test('without the right token there is nothing to see', async ({ product, integrator }) => {
  const table = await integrator.createTable('Closed', attributes);
  for (const token of [null, 'abcdefghijklmnopqrstuvwxyz:654321', 'correct-horse-battery']) {
    const stranger = new Integrator(product, token);
    const answers = [
      await stranger.configuration('dcp_services'),
      await stranger.configuration(`dcp_services/${table.dcp_service_id}/dcp_datasources`, {}),
      await stranger.configuration(`dcp_datasources/${table.id}/dcp_uploads`),
      await stranger.profile(table, 'c1'),
      await stranger.writeProfile(table, 'c1', '{}'),
    ];
    const refused = token === null ? 401 : 403;
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => refused));
    for (const { text } of answers) expect(text).toContain('Authentication Failed');
  }
});
