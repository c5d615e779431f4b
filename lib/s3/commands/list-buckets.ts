import { ownerNode } from '../listing/list-nodes.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** The one bucket: graphical clients start here. */
export const listBuckets: S3Command = {
  name: 'ListBuckets',
  body: 'none',
  run({ settings }) {
    const bucket = { Name: settings.bucket, CreationDate: '2020-01-01T00:00:00.000Z' };
    const xml = writeXml('ListAllMyBucketsResult', {
      Owner: ownerNode,
      Buckets: { Bucket: [bucket] },
    });
    return Promise.resolve(xmlResponse(xml));
  },
};
