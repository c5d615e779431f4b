const longest = 200;

/**
 * A file's name as the last part of a key: no slashes, no control characters, no dot in front (hidden
 * files are not read in). Of a very long name the end stays, with its extension.
 *
 * @example safeFileName('C:\\exports\\März 2026.csv') // 'März 2026.csv'
 */
export function safeFileName(fileName: string): string {
  const name = fileName
    .toWellFormed()
    .split(/[\\/]/)
    .at(-1)
    // Control characters are what is taken out.
    // eslint-disable-next-line no-control-regex
    ?.replaceAll(/[\u0000-\u001f\u007f]/g, '')
    .trim()
    .replace(/^\.+/, '');
  const cut = Array.from(name ?? '')
    .slice(-longest)
    .join('');
  return cut === '' ? 'upload.csv' : cut;
}
