import { checksumHeaders } from './checksum-headers.ts';
import { s3Errors } from './errors.ts';
import { parsePartNumber } from './multipart/part-number.ts';
import { descriptionHeaders } from './object-description.ts';
import { parseRange, type ObjectRange } from './object-range.ts';
import type { ObjectRecord } from './ports.ts';
import { judgeReadConditions } from './read-conditions.ts';
import { headerBytes } from './request-headers.ts';
import type { S3Context } from './s3-command.ts';

/** What GetObject and HeadObject answer, apart from the bytes. */
export type ReadAnswer =
  | { readonly kind: 'not-modified'; readonly headers: Record<string, string> }
  | {
      readonly kind: 'found';
      readonly object: ObjectRecord;
      readonly range: ObjectRange;
      /** 200, or 206 for a range or a part. */
      readonly status: number;
      readonly headers: Record<string, string>;
    };

/** Query parameters of a signed request that replace headers of its answer. */
const overrides = {
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-content-type': 'content-type',
  'response-expires': 'expires',
} as const;

/**
 * Looks an object up and judges conditions and ranges.
 *
 * @throws NoSuchKey, NoSuchVersion, PreconditionFailed, InvalidRange, InvalidPart
 */
export async function readObject(context: S3Context): Promise<ReadAnswer> {
  const { objects, key, headers, query } = context;
  if ((query.get('versionId') ?? 'null') !== 'null') throw s3Errors.NoSuchVersion();
  const object = await objects.get(key);
  if (!object) throw s3Errors.NoSuchKey();
  const identity = {
    etag: `"${object.etag}"`,
    'last-modified': object.modifiedAt.toUTCString(),
  };
  const verdict = judgeReadConditions(headers, object);
  if (verdict === 'precondition-failed') throw s3Errors.PreconditionFailed();
  if (verdict === 'not-modified') return { kind: 'not-modified', headers: identity };

  const partial = selectPart(context, object) ?? selectRange(context, object);
  const range = partial?.range ?? { start: 0, end: object.size };
  const wantsChecksum = headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return {
    kind: 'found',
    object,
    range,
    status: partial ? 206 : 200,
    headers: {
      ...identity,
      ...descriptionHeaders(object),
      'accept-ranges': 'bytes',
      'content-length': String(range.end - range.start),
      'x-content-type-options': 'nosniff',
      ...(wantsChecksum && !partial ? checksumHeaders(object.checksum) : {}),
      ...overriddenHeaders(context),
      ...partial?.headers,
    },
  };
}

interface Partial {
  readonly range: ObjectRange;
  readonly headers: Record<string, string>;
}

function selectPart({ query, headers }: S3Context, object: ObjectRecord): Partial | null {
  const number = query.get('partNumber');
  if (number === undefined) return null;
  if (headers.has('range')) {
    throw s3Errors.InvalidRequest(
      'Cannot specify both Range header and partNumber query parameter.',
    );
  }
  const index = parsePartNumber(number) - 1;
  const part = object.parts[index];
  if (!part) throw s3Errors.InvalidPart('The requested partnumber is not satisfiable.');
  const start = object.parts.slice(0, index).reduce((total, { size }) => total + size, 0);
  const range = { start, end: start + part.size };
  const count = { 'x-amz-mp-parts-count': String(object.parts.length) };
  if (part.size === 0) return { range, headers: count };
  return { range, headers: { ...contentRange(range, object), ...count } };
}

function selectRange({ headers }: S3Context, object: ObjectRecord): Partial | null {
  const ifRange = headers.get('if-range');
  if (ifRange !== undefined && ifRange !== `"${object.etag}"`) return null;
  const range = parseRange(headers.get('range'), object.size);
  if (range === 'unsatisfiable') throw s3Errors.InvalidRange(object.size);
  return range && { range, headers: contentRange(range, object) };
}

function contentRange(range: ObjectRange, object: ObjectRecord): Record<string, string> {
  return { 'content-range': `bytes ${range.start}-${range.end - 1}/${object.size}` };
}

function overriddenHeaders({ query }: S3Context): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(overrides)) {
    const value = query.get(parameter);
    if (value === undefined) continue;
    if (/\p{Cc}/u.test(value)) throw s3Errors.InvalidArgument();
    headers[header] = headerBytes(value);
  }
  return headers;
}
