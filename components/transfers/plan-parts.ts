const mebibyte = 1024 ** 2;

/** Small enough to send one again without much loss, large enough that each request's own cost does not show. */
const usualPartBytes = 8 * mebibyte;
const mostParts = 10_000;

/** A piece of a file: the bytes from `start` up to, not including, `end`. */
export interface FilePart {
  /** 1 to 10,000, in order. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a file as S3 wants it: every part but the last of one size, at least 5 MiB, at most 10,000 parts. The same size
 * gives the same parts, so that a transfer can be taken up again with nothing but the file.
 */
export function planParts(sizeBytes: number): readonly FilePart[] {
  const smallest = Math.ceil(sizeBytes / mostParts / mebibyte) * mebibyte;
  const partBytes = Math.max(usualPartBytes, smallest);
  const count = Math.max(1, Math.ceil(sizeBytes / partBytes));
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    start: index * partBytes,
    end: Math.min(sizeBytes, (index + 1) * partBytes),
  }));
}

export function sizeOf({ start, end }: FilePart): number {
  return end - start;
}
