import { readManifest } from '#lib/blob/read-manifest.ts';
import { readObject } from '../read-object.ts';
import type { S3Command } from '../s3-command.ts';

/** Gives an object, a range of it, or one of its parts. */
export const getObject: S3Command = {
  name: 'GetObject',
  body: 'none',
  async run(context) {
    const answer = await readObject(context);
    if (answer.kind === 'not-modified') return { status: 304, headers: answer.headers };
    const { object, range, status, headers } = answer;
    const body = readManifest({ blobs: context.blobs, parts: object.parts, range });
    return { status, headers, body };
  },
};
