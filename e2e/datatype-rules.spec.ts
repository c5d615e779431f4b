import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import { seedTables } from '#lib/core/csv/seed-validity.fixture.ts';
import { bucket, type NewAttribute, type Table } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';

/** How the configuration API names the datatype of each validity table. */
const datatypes: Record<ValueType, Omit<NewAttribute, 'name'>> = {
  string: { datatype: 'string', format: null },
  bool: { datatype: 'bool', format: null },
  long: { datatype: 'long', format: null },
  double: { datatype: 'double', format: null },
  date: { datatype: 'datetime', format: 'yyyy-mm-dd' },
  datetime: { datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
  epoch: { datatype: 'datetime', format: 'epoch' },
};

/** What the profile API answers for each valid cell, as JSON text. */
const stored: Record<string, string> = {
  '"false"': 'false',
  True: 'true',
  '"TRUE"': 'true',
  '1': '1',
  '"-2"': '-2',
  '9223372036854775807': '"9223372036854775807"',
  '-9223372036854775807': '"-9223372036854775807"',
  '"-2.3"': '-2.3',
  '"2022-05-02"': '"2022-05-02"',
  '1999-01-02': '"1999-01-02"',
  '"2022-05-02T10:10:59Z"': '"2022-05-02T10:10:59Z"',
  '1999-01-01T00:00:00': '"1999-01-01T00:00:00Z"',
  '"0"': '0',
  '1651676123': '1651676123',
};

async function send(s3Url: string, table: Table, content: string): Promise<void> {
  const s3 = new S3Client({
    endpoint: s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: table.aws_access_key, secretAccessKey: table.aws_secret_key },
  });
  const Key = `${table.s3_path}/validity.csv`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content }));
  s3.destroy();
}

for (const { title, column, type, rows } of seedTables) {
  test.describe(title, () => {
    let table: Table;
    /** Rejected rows by customer ID. */
    let rejects: Map<string, Record<string, string>>;

    test.beforeAll(async ({ product, integrator }) => {
      table = await integrator.createTable(title, [{ name: column, ...datatypes[type] }]);
      const lines = rows.map(([id, cell]) => `${id},${cell}\n`);
      await send(product.s3Url, table, [`customerId,${column}\n`, ...lines].join(''));

      const upload = await integrator.endedUpload(table);
      const valid = rows.filter(([, , verdict]) => verdict === 'valid').length;
      expect(upload).toMatchObject({
        state: 'completed_with_errors',
        rows_read: rows.length,
        rows_accepted: valid,
        rows_rejected: rows.length - valid,
        rows_changed: valid,
      });
      const rejected: Record<string, string>[] = parse(await integrator.rejects(upload), {
        columns: true,
      });
      rejects = new Map(rejected.map((row) => [row['customerId'] ?? '', row]));
    });

    for (const [id, cell, verdict] of rows) {
      test(`row ${id}: ${cell} is ${verdict}`, async ({ integrator }) => {
        const profile = await integrator.profile(table, id);
        if (verdict === 'valid') {
          expect(profile.text).toContain(`"data":{"${column}":${stored[cell] ?? 'nothing'}}}`);
          expect(rejects.has(id)).toBe(false);
        } else {
          expect(profile.status).toBe(404);
          expect(rejects.get(id)).toMatchObject({
            error_line: String(Number(id) + 1),
            error_column: column,
            [column]: cell.replaceAll('"', ''),
          });
        }
      });
    }
  });
}
