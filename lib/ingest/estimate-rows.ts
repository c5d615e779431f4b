import type { Plan } from './checkpoint.ts';
import type { StoredFile } from './stored-file.ts';

const sampleBytes = 2 * 1024 * 1024;

/**
 * About how many rows a file has, by the lines at its start: one with more text than that may turn out to have
 * half as many, or twice.
 */
export async function estimateRows(
  file: StoredFile,
  { lineEnd }: Pick<Plan, 'lineEnd'>,
  { start, signal }: { readonly start: number; readonly signal: AbortSignal },
): Promise<number> {
  const end = lineEnd === '\r' ? 13 : 10;
  let bytes = 0;
  let lines = 0;
  for await (const chunk of file.read(start, signal)) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(end); at !== -1; at = chunk.indexOf(end, at + 1)) lines += 1;
    if (bytes >= sampleBytes) break;
  }
  const readBytes = file.bytesRead - (file.isCompressed ? 0 : start);
  const wholeBytes = file.sizeBytes - (file.isCompressed ? 0 : start);
  return readBytes === 0 ? 0 : Math.round((lines / readBytes) * wholeBytes);
}
