import { expect, test } from 'vitest';
import {
  awsConfigureCommands,
  awsCopyCommand,
  curlCommand,
  fullImportPath,
  profileNameOf,
} from './instructions.ts';

const values = {
  endpoint: 'http://127.0.0.1:9000',
  region: 'us-east-1',
  bucket: 'optimizely-import',
  s3Path: 'dcp/567/678',
  accessKeyId: 'ODCPEXAMPLE',
  secretAccessKey: 'secret',
  profile: 'opendcp-crm',
};

test('the full import path is what Cyberduck wants', () => {
  expect(fullImportPath(values)).toBe('/optimizely-import/dcp/567/678');
});

test.each([
  ['CRM', 'opendcp-crm'],
  ['My "shop" $(rm -rf) tables', 'opendcp-my-shop-rm-rf-tables'],
  ['Kunden für März', 'opendcp-kunden-f-r-m-rz'],
  ['顧客', 'opendcp'],
])('profile name of %s', (tableName, expected) => {
  expect(profileNameOf(tableName)).toBe(expected);
});

test('the secret stands where it is needed and nowhere else', () => {
  expect(awsConfigureCommands(values)).toContain('aws_secret_access_key secret --profile');
  expect(curlCommand(values)).toContain("--user 'ODCPEXAMPLE:secret'");
  expect(awsCopyCommand(values)).toBe(
    'aws s3 cp customers.csv s3://optimizely-import/dcp/567/678/ --endpoint-url http://127.0.0.1:9000 --profile opendcp-crm',
  );
});
