import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** Tells the region; `us-east-1` is an empty element by old custom. */
export const getBucketLocation: S3Command = {
  name: 'GetBucketLocation',
  body: 'none',
  run({ settings }) {
    const region = settings.region === 'us-east-1' ? '' : settings.region;
    return Promise.resolve(xmlResponse(writeXml('LocationConstraint', region)));
  },
};
