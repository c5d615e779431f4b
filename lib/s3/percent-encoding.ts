/** Percent-encodes all but RFC 3986's unreserved characters, as signatures and listings want it. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same, with slashes left as they are. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeRfc3986).join('/');
}

/**
 * Decodes percent-encoding of raw bytes (latin1 text) into UTF-8 text; null when either is broken.
 *
 * @example decodePercent('caf%C3%A9') // 'café'
 */
export function decodePercent(raw: string): string | null {
  try {
    // Bytes that the client left unencoded arrive as latin1: encode them first.
    return decodeURIComponent(
      raw.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`),
    );
  } catch {
    return null;
  }
}
