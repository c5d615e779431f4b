/** What a bucket answers to a part, and wants to hear again. */
interface Answered {
  readonly ETag: string;
  readonly ChecksumCRC32?: string;
}

/** @example formatReceipt({ ETag: '"a1"', ChecksumCRC32: 'AAAAAA==' }) // '"a1" AAAAAA==' */
export function formatReceipt({ ETag, ChecksumCRC32 }: Answered): string {
  return ChecksumCRC32 === undefined ? ETag : `${ETag} ${ChecksumCRC32}`;
}

export function parseReceipt(receipt: string): Answered {
  const [ETag = '', ChecksumCRC32] = receipt.split(' ');
  return ChecksumCRC32 === undefined ? { ETag } : { ETag, ChecksumCRC32 };
}
