import { s3Errors } from '../errors.ts';
import { checksumAlgorithms, type ChecksumAlgorithm } from '../payload/checksum.ts';
import { unquote } from '../write-conditions.ts';
import { childrenOf, readXml, textOf } from '../xml/read-xml.ts';
import { mostParts } from './part-number.ts';

/** A part as the client lists it. */
export interface ListedPart {
  readonly partNumber: number;
  /** Lower-case hex without quotes, however the client wrote it. */
  readonly etag: string;
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

/**
 * Reads the document of CompleteMultipartUpload.
 *
 * @throws MalformedXML; InvalidPartOrder unless the numbers ascend. They may leave numbers out, and start at any
 */
export function parseCompletion(document: string): readonly ListedPart[] {
  const root = readXml(document, 'CompleteMultipartUpload');
  const parts = childrenOf(root, 'Part').map((part): ListedPart => {
    const number = textOf(part, 'PartNumber')?.trim() ?? '';
    const etag = textOf(part, 'ETag')?.trim() ?? '';
    if (!/^\d{1,9}$/.test(number) || etag === '') throw s3Errors.MalformedXML();
    const checksums = new Map<ChecksumAlgorithm, string>();
    for (const algorithm of checksumAlgorithms) {
      const value = textOf(part, `Checksum${algorithm}`)?.trim();
      if (value) checksums.set(algorithm, value);
    }
    return { partNumber: Number(number), etag: unquote(etag).toLowerCase(), checksums };
  });
  if (parts.length === 0 || parts.length > mostParts) throw s3Errors.MalformedXML();
  const ascends = parts.every(
    (part, index) => part.partNumber > (parts[index - 1]?.partNumber ?? -1),
  );
  if (!ascends) throw s3Errors.InvalidPartOrder();
  return parts;
}
