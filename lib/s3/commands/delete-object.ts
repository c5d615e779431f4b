import type { S3Command } from '../s3-command.ts';

/** Takes an object from sight. Deleting what is not there succeeds too, as clients expect. */
export const deleteObject: S3Command = {
  name: 'DeleteObject',
  body: 'none',
  async run({ objects, key }) {
    await objects.remove(key);
    return { status: 204 };
  },
};
