import { s3Errors } from '../errors.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** Objects have no tags, which the AWS command line wants to know before it copies a large one. */
export const getObjectTagging: S3Command = {
  name: 'GetObjectTagging',
  body: 'none',
  async run({ objects, key }) {
    if (!(await objects.get(key))) throw s3Errors.NoSuchKey();
    return xmlResponse(writeXml('Tagging', { TagSet: {} }));
  },
};
