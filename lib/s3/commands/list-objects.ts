import { listEntries } from '../listing/list-entries.ts';
import { commonPrefixNodes, contentNodes } from '../listing/list-nodes.ts';
import { parseListParameters } from '../listing/list-parameters.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** The first version of the listing, which rclone and s3cmd still use: pages are found by key. */
export const listObjects: S3Command = {
  name: 'ListObjects',
  body: 'none',
  async run(context) {
    const { query, bucket } = context;
    const parameters = parseListParameters(query);
    const marker = query.get('marker') ?? '';
    const { entries, next } = await listEntries({ context, parameters, after: marker });
    const { encode, prefix, delimiter, maxKeys, encodingType } = parameters;
    return xmlResponse(
      writeXml('ListBucketResult', {
        Name: bucket,
        Prefix: encode(prefix),
        Marker: encode(marker),
        NextMarker: next === null ? undefined : encode(next.entry),
        Delimiter: delimiter === '' ? undefined : encode(delimiter),
        MaxKeys: maxKeys,
        EncodingType: encodingType,
        IsTruncated: next !== null,
        Contents: contentNodes({ entries, encode, withOwner: true }),
        CommonPrefixes: commonPrefixNodes({ entries, encode }),
      }),
    );
  },
};
