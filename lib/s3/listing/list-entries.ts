import { authorizeListing } from '../confinement.ts';
import type { ObjectSummary } from '../ports.ts';
import type { S3Context } from '../s3-command.ts';
import type { ListParameters } from './list-parameters.ts';

/** A line of a listing: an object, or a folder that stands for all keys below it. */
export type ListEntry =
  | { readonly kind: 'object'; readonly object: ObjectSummary }
  | { readonly kind: 'folder'; readonly prefix: string };

export interface ListPage {
  readonly entries: readonly ListEntry[];
  /** The last entry's name and the place behind it, when there is more. */
  readonly next: { readonly entry: string; readonly after: string } | null;
}

/** The greatest character: behind `folder/` + this there is no key of the folder. */
const lastCharacter = '\u{10ffff}';

/**
 * A page of what the credential may see, folders grouped by the delimiter.
 *
 * @param options.after name of an entry, or a place behind one, where the page starts
 */
export async function listEntries(options: {
  readonly context: S3Context;
  readonly parameters: ListParameters;
  readonly after: string;
}): Promise<ListPage> {
  const { context, parameters, after } = options;
  const { prefix, delimiter, maxKeys } = parameters;
  const scope = authorizeListing({ credential: context.credential, prefix, delimiter });
  if (maxKeys === 0) return { entries: [], next: null };
  if (scope.kind === 'own') return listOwn({ context, parameters, after });
  const isBehind = Buffer.compare(Buffer.from(after), Buffer.from(scope.commonPrefix)) >= 0;
  const entries = isBehind ? [] : [{ kind: 'folder', prefix: scope.commonPrefix } as const];
  return { entries, next: null };
}

async function listOwn(options: {
  readonly context: S3Context;
  readonly parameters: ListParameters;
  readonly after: string;
}): Promise<ListPage> {
  const { context, parameters } = options;
  const { prefix, maxKeys } = parameters;
  const entries: ListEntry[] = [];
  let last = { entry: '', after: placeBehind(options.after, parameters) };
  let pageSize = maxKeys + 1;
  for (;;) {
    const limit = Math.min(pageSize, maxKeys - entries.length + 1);
    const page = await context.objects.list({ prefix, after: last.after, limit });
    const found = entries.length;
    for (const object of page) {
      const folder = folderOf(object.key, parameters);
      if (folder !== null && folder === last.entry) continue;
      if (entries.length === maxKeys) return { entries, next: last };
      entries.push(
        folder === null ? { kind: 'object', object } : { kind: 'folder', prefix: folder },
      );
      last =
        folder === null
          ? { entry: object.key, after: object.key }
          : { entry: folder, after: folder + lastCharacter };
    }
    if (page.length < limit) return { entries, next: null };
    // Full folders: most of a page would be read to be skipped.
    const isWasteful = (entries.length - found) * 4 < page.length;
    pageSize = isWasteful ? Math.max(2, Math.ceil(pageSize / 8)) : pageSize * 2;
  }
}

/** The folder that a key is shown as, when the delimiter occurs behind the prefix. */
function folderOf(key: string, { prefix, delimiter }: ListParameters): string | null {
  const start = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return start < 0 ? null : key.slice(0, start + delimiter.length);
}

/** A client may start behind a folder of the page before by its name: none of its keys may make it appear again. */
function placeBehind(after: string, parameters: ListParameters): string {
  const isFolder = after.startsWith(parameters.prefix) && folderOf(after, parameters) === after;
  return isFolder ? after + lastCharacter : after;
}
