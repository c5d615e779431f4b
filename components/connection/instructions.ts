import type { ConnectionResponse } from '#lib/contracts/credentials.ts';

/** Everything that the instructions name, with the secret masked or in clear. */
export interface ConnectionValues {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly s3Path: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of the profile that AWS CLI keeps the keys in. */
  readonly profile: string;
}

const exampleFileName = 'customers.csv';

/** `/optimizely-import/dcp/567/678`, the form that Cyberduck wants. */
export function fullImportPath({
  bucket,
  s3Path,
}: Pick<ConnectionResponse, 'bucket' | 's3Path'>): string {
  return `/${bucket}/${s3Path}`;
}

/** A name that needs no quoting in any shell. */
export function profileNameOf(tableName: string): string {
  const slug = tableName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'opendcp' : `opendcp-${slug}`;
}

export function awsConfigureCommands(values: ConnectionValues): string {
  const set = (name: string, value: string) =>
    `aws configure set ${name} ${value} --profile ${values.profile}`;
  return [
    set('aws_access_key_id', values.accessKeyId),
    set('aws_secret_access_key', values.secretAccessKey),
    set('region', values.region),
    set('s3.addressing_style', 'path'),
  ].join('\n');
}

export function awsCopyCommand({ bucket, s3Path, endpoint, profile }: ConnectionValues): string {
  return `aws s3 cp ${exampleFileName} s3://${bucket}/${s3Path}/ --endpoint-url ${endpoint} --profile ${profile}`;
}

export function javaScriptProgram(values: ConnectionValues): string {
  return `import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const client = new S3Client({
  endpoint: '${values.endpoint}',
  region: '${values.region}',
  forcePathStyle: true,
  credentials: {
    accessKeyId: '${values.accessKeyId}',
    secretAccessKey: '${values.secretAccessKey}',
  },
});

const upload = new Upload({
  client,
  params: {
    Bucket: '${values.bucket}',
    Key: '${values.s3Path}/${exampleFileName}',
    Body: createReadStream('${exampleFileName}'),
  },
});
await upload.done();`;
}

export function pythonProgram(values: ConnectionValues): string {
  return `import boto3
from botocore.config import Config

s3 = boto3.client(
    "s3",
    endpoint_url="${values.endpoint}",
    region_name="${values.region}",
    aws_access_key_id="${values.accessKeyId}",
    aws_secret_access_key="${values.secretAccessKey}",
    config=Config(s3={"addressing_style": "path"}),
)
s3.upload_file("${exampleFileName}", "${values.bucket}", "${values.s3Path}/${exampleFileName}")`;
}

export function curlCommand(values: ConnectionValues): string {
  return `curl --fail-with-body \\
  --aws-sigv4 'aws:amz:${values.region}:s3' \\
  --user '${values.accessKeyId}:${values.secretAccessKey}' \\
  --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' \\
  --upload-file ${exampleFileName} \\
  '${values.endpoint}/${values.bucket}/${values.s3Path}/${exampleFileName}'`;
}
