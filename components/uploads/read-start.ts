/**
 * The first bytes of a file's text, decompressed when its content is gzip, as the import does it.
 *
 * @throws when the file cannot be read, or its gzip data breaks off in the first line.
 */
export async function readStart(file: File, length: number): Promise<Uint8Array> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) {
    return new Uint8Array(await file.slice(0, length).arrayBuffer());
  }
  const start = new Uint8Array(length);
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let filled = 0;
  try {
    while (filled < length) {
      const { done, value } = await reader.read();
      if (done) break;
      start.set(value.subarray(0, length - filled), filled);
      filled += value.length;
    }
    await reader.cancel();
  } catch (error) {
    // Browsers stop at the end of the first member of a gzip file; the import reads them all.
    if (!start.subarray(0, filled).includes(0x0a)) throw error;
  }
  return start.subarray(0, Math.min(filled, length));
}
