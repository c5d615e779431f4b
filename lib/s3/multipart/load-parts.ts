import type { MultipartIndex, MultipartPart } from '../ports.ts';

const pageSize = 1000;

/** Every part received so far, ascending. */
export async function loadParts(
  multipart: MultipartIndex,
  uploadId: string,
): Promise<readonly MultipartPart[]> {
  const parts: MultipartPart[] = [];
  for (;;) {
    const after = parts.at(-1)?.partNumber ?? 0;
    const page = await multipart.listParts({ uploadId, after, limit: pageSize });
    parts.push(...page);
    if (page.length < pageSize) return parts;
  }
}
