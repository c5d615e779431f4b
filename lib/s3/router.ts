import { abortMultipartUpload } from './commands/abort-multipart-upload.ts';
import { completeMultipartUpload } from './commands/complete-multipart-upload.ts';
import { copyObject } from './commands/copy-object.ts';
import { createBucket } from './commands/create-bucket.ts';
import { createMultipartUpload } from './commands/create-multipart-upload.ts';
import { deleteObject } from './commands/delete-object.ts';
import { deleteObjects } from './commands/delete-objects.ts';
import { getBucketLocation } from './commands/get-bucket-location.ts';
import { getObject } from './commands/get-object.ts';
import { getObjectTagging } from './commands/get-object-tagging.ts';
import { headBucket } from './commands/head-bucket.ts';
import { headObject } from './commands/head-object.ts';
import { listBuckets } from './commands/list-buckets.ts';
import { listMultipartUploads } from './commands/list-multipart-uploads.ts';
import { listObjects } from './commands/list-objects.ts';
import { listObjectsV2 } from './commands/list-objects-v2.ts';
import { listParts } from './commands/list-parts.ts';
import { putObject } from './commands/put-object.ts';
import { uploadPartCopy } from './commands/upload-part-copy.ts';
import { uploadPart } from './commands/upload-part.ts';
import { s3Errors } from './errors.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { QueryParameters } from './request-target.ts';
import type { Resource } from './resource.ts';
import type { S3Command } from './s3-command.ts';

interface Route {
  readonly method: string;
  readonly on: Resource['kind'];
  /** Query parameters that must all be there; `name=value` also fixes the value. */
  readonly query?: readonly string[];
  /** A header that must be there. */
  readonly header?: string;
  /** Null where Amazon has a command and this endpoint does not. */
  readonly command: S3Command | null;
}

/** The first match wins, so that what asks for more stands before what asks for less. */
const routes: readonly Route[] = [
  { method: 'GET', on: 'service', command: listBuckets },

  { method: 'GET', on: 'bucket', query: ['location'], command: getBucketLocation },
  { method: 'GET', on: 'bucket', query: ['uploads'], command: listMultipartUploads },
  { method: 'GET', on: 'bucket', query: ['list-type=2'], command: listObjectsV2 },
  { method: 'GET', on: 'bucket', command: listObjects },
  { method: 'HEAD', on: 'bucket', command: headBucket },
  { method: 'PUT', on: 'bucket', command: createBucket },
  { method: 'POST', on: 'bucket', query: ['delete'], command: deleteObjects },
  { method: 'POST', on: 'bucket', command: null },
  { method: 'DELETE', on: 'bucket', command: null },

  { method: 'GET', on: 'object', query: ['uploadId'], command: listParts },
  { method: 'GET', on: 'object', query: ['tagging'], command: getObjectTagging },
  { method: 'GET', on: 'object', command: getObject },
  { method: 'HEAD', on: 'object', command: headObject },
  {
    method: 'PUT',
    on: 'object',
    query: ['partNumber', 'uploadId'],
    header: 'x-amz-copy-source',
    command: uploadPartCopy,
  },
  { method: 'PUT', on: 'object', query: ['partNumber', 'uploadId'], command: uploadPart },
  { method: 'PUT', on: 'object', header: 'x-amz-copy-source', command: copyObject },
  { method: 'PUT', on: 'object', command: putObject },
  { method: 'POST', on: 'object', query: ['uploads'], command: createMultipartUpload },
  { method: 'POST', on: 'object', query: ['uploadId'], command: completeMultipartUpload },
  { method: 'DELETE', on: 'object', query: ['uploadId'], command: abortMultipartUpload },
  { method: 'DELETE', on: 'object', command: deleteObject },
];

/** Parameters that make a request one about something else than the object or bucket itself. */
const unimplementedSubresources: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'versioning',
  'versions',
  'website',
]);

/**
 * Finds the command of a request.
 *
 * @throws NotImplemented for what Amazon has and this endpoint does not, MethodNotAllowed for what nobody has
 */
export function findCommand(request: {
  readonly method: string;
  readonly resource: Resource;
  readonly query: QueryParameters;
  readonly headers: RequestHeaders;
}): S3Command {
  const { method, resource, query, headers } = request;
  const candidates = routes.filter((route) => route.on === resource.kind);
  const route = candidates.find(
    (candidate) =>
      candidate.method === method &&
      (candidate.query ?? []).every((wanted) => hasParameter(query, wanted)) &&
      (candidate.header === undefined || headers.has(candidate.header)),
  );
  const subresource = query.parameters.find(
    ({ name }) => unimplementedSubresources.has(name) && !route?.query?.includes(name),
  );
  if (subresource) throw s3Errors.NotImplemented(`${subresource.name} is not implemented.`);
  if (route?.command) return route.command;
  if (route) throw s3Errors.NotImplemented();
  throw s3Errors.MethodNotAllowed([...new Set(candidates.map((candidate) => candidate.method))]);
}

function hasParameter(query: QueryParameters, wanted: string): boolean {
  const [name = '', value] = wanted.split('=');
  return value === undefined ? query.has(name) : query.get(name) === value;
}
