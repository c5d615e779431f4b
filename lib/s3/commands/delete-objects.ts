import { authorizeKey } from '../confinement.ts';
import { s3Errors, S3Error } from '../errors.ts';
import { xmlResponse, type S3Command, type S3Context } from '../s3-command.ts';
import { childrenOf, readXml, textOf } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';

const mostKeys = 1000;

type Outcome =
  | { readonly kind: 'deleted'; readonly key: string }
  | { readonly kind: 'failed'; readonly key: string; readonly error: S3Error };

/** Takes up to 1,000 objects from sight; keys of others fail one by one. */
export const deleteObjects: S3Command = {
  name: 'DeleteObjects',
  body: 'document',
  async run(context) {
    const root = readXml(context.document, 'Delete');
    const keys = childrenOf(root, 'Object').map((object) => textOf(object, 'Key'));
    if (keys.length === 0 || keys.length > mostKeys) throw s3Errors.MalformedXML();
    const outcomes: Outcome[] = [];
    for (const key of keys) {
      if (!key) throw s3Errors.MalformedXML();
      outcomes.push(await deleteOne(context, key));
    }
    const isQuiet = textOf(root, 'Quiet')?.trim().toLowerCase() === 'true';
    return xmlResponse(
      writeXml('DeleteResult', {
        Deleted: outcomes.flatMap((outcome) =>
          outcome.kind === 'deleted' && !isQuiet ? [{ Key: outcome.key }] : [],
        ),
        Error: outcomes.flatMap((outcome) =>
          outcome.kind === 'failed'
            ? [{ Key: outcome.key, Code: outcome.error.code, Message: outcome.error.message }]
            : [],
        ),
      }),
    );
  },
};

async function deleteOne({ credential, objects }: S3Context, key: string): Promise<Outcome> {
  try {
    authorizeKey(credential, key);
    await objects.remove(key);
    return { kind: 'deleted', key };
  } catch (error) {
    if (error instanceof S3Error) return { kind: 'failed', key, error };
    throw error;
  }
}
