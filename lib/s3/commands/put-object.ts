import { describeObject } from '../object-description.ts';
import { checkBeforeWrite, conditionError, parseWriteConditions } from '../write-conditions.ts';
import { checksumHeaders, fullObjectChecksum } from '../checksum-headers.ts';
import type { S3Command } from '../s3-command.ts';

/** Stores an object. It replaces what clients see under the key once all of it is safe on disk, never before. */
export const putObject: S3Command = {
  name: 'PutObject',
  body: 'object',
  async run(context) {
    const { key, credential, headers, objects, settings } = context;
    const description = describeObject(headers);
    const conditions = parseWriteConditions(headers);
    await checkBeforeWrite({ objects, key, conditions });

    const received = await context.receive({ maxBytes: settings.maxObjectBytes });
    const etag = received.md5.toString('hex');
    const checksum = fullObjectChecksum(received.checksum);
    const { blob } = received;
    const published = await objects.publish({
      ...description,
      key,
      credential,
      parts: [blob],
      size: blob.size,
      etag,
      checksum,
      conditions,
    });
    if (published.kind !== 'published') {
      await context.discard([blob.name]);
      throw conditionError(published.kind);
    }
    return { status: 200, headers: { etag: `"${etag}"`, ...checksumHeaders(checksum) } };
  },
};
