import type { XmlNode } from '../xml/write-xml.ts';
import type { ListEntry } from './list-entries.ts';

/** Everything belongs to the product; clients only want the element to be there. */
export const ownerNode = { ID: 'opendcp', DisplayName: 'opendcp' } as const;

export function contentNodes(options: {
  readonly entries: readonly ListEntry[];
  readonly encode: (text: string) => string;
  readonly withOwner: boolean;
}): readonly XmlNode[] {
  const { entries, encode, withOwner } = options;
  return entries.flatMap((entry) => {
    if (entry.kind === 'folder') return [];
    const { key, modifiedAt, etag, size, checksum } = entry.object;
    return [
      {
        Key: encode(key),
        LastModified: modifiedAt.toISOString(),
        ETag: `"${etag}"`,
        ChecksumAlgorithm: checksum?.algorithm,
        ChecksumType: checksum?.type,
        Size: size,
        Owner: withOwner ? ownerNode : undefined,
        StorageClass: 'STANDARD',
      },
    ];
  });
}

export function commonPrefixNodes(options: {
  readonly entries: readonly ListEntry[];
  readonly encode: (text: string) => string;
}): readonly XmlNode[] {
  const { entries, encode } = options;
  return entries.flatMap((entry) =>
    entry.kind === 'folder' ? [{ Prefix: encode(entry.prefix) }] : [],
  );
}
