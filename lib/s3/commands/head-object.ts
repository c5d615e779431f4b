import { readObject } from '../read-object.ts';
import type { S3Command } from '../s3-command.ts';

/** The headers of GetObject without the bytes. */
export const headObject: S3Command = {
  name: 'HeadObject',
  body: 'none',
  async run(context) {
    const answer = await readObject(context);
    if (answer.kind === 'not-modified') return { status: 304, headers: answer.headers };
    return { status: answer.status, headers: answer.headers };
  },
};
