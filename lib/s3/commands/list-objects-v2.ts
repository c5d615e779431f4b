import { s3Errors } from '../errors.ts';
import { listEntries } from '../listing/list-entries.ts';
import { parseListParameters } from '../listing/list-parameters.ts';
import { commonPrefixNodes, contentNodes } from '../listing/list-nodes.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** A page of keys. The continuation token holds the place behind the last entry. */
export const listObjectsV2: S3Command = {
  name: 'ListObjectsV2',
  body: 'none',
  async run(context) {
    const { query, bucket } = context;
    const parameters = parseListParameters(query);
    const token = query.get('continuation-token');
    const startAfter = query.get('start-after');
    const after = token === undefined ? (startAfter ?? '') : decodeToken(token);
    const { entries, next } = await listEntries({ context, parameters, after });
    const { encode, prefix, delimiter, maxKeys, encodingType } = parameters;
    const withOwner = query.get('fetch-owner') === 'true';
    return xmlResponse(
      writeXml('ListBucketResult', {
        Name: bucket,
        Prefix: encode(prefix),
        Delimiter: delimiter === '' ? undefined : encode(delimiter),
        MaxKeys: maxKeys,
        EncodingType: encodingType,
        KeyCount: entries.length,
        IsTruncated: next !== null,
        ContinuationToken: token,
        NextContinuationToken: next === null ? undefined : encodeToken(next.after),
        StartAfter: startAfter === undefined ? undefined : encode(startAfter),
        Contents: contentNodes({ entries, encode, withOwner }),
        CommonPrefixes: commonPrefixNodes({ entries, encode }),
      }),
    );
  },
};

function encodeToken(after: string): string {
  return Buffer.from(after, 'utf8').toString('base64url');
}

function decodeToken(token: string): string {
  const after = Buffer.from(token, 'base64url').toString('utf8');
  if (after === '' || encodeToken(after) !== token) {
    throw s3Errors.InvalidArgument('The continuation token provided is incorrect.');
  }
  return after;
}
