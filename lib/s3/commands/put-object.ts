import { checksumHeaders } from '../checksum-headers.ts';
import { describeObject } from '../object-description.ts';
import { publishReceived } from '../publish-received.ts';
import type { S3Command } from '../s3-command.ts';
import { checkBeforeWrite, parseWriteConditions } from '../write-conditions.ts';

/** Stores an object. It replaces what clients see under the key once all of it is safe on disk, never before. */
export const putObject: S3Command = {
  name: 'PutObject',
  body: 'object',
  async run(context) {
    const { key, headers, objects, settings } = context;
    const description = describeObject(headers);
    const conditions = parseWriteConditions(headers);
    await checkBeforeWrite({ objects, key, conditions });
    const received = await context.receive({ maxBytes: settings.maxObjectBytes });
    const object = await publishReceived(context, { description, conditions, received });
    const etag = `"${object.etag}"`;
    return { status: 200, headers: { etag, ...checksumHeaders(object.checksum) } };
  },
};
