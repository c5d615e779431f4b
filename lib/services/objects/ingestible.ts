/**
 * Whether an object of this key is a file to read in. Folder markers and the hidden files that desktops
 * leave behind are not; anything else is, so that a file that is no CSV fails where people can see it.
 *
 * @example isIngestible('dcp/5/6/customers.csv') // true
 * @example isIngestible('dcp/5/6/.DS_Store') // false
 */
export function isIngestible(key: string): boolean {
  const fileName = key.slice(key.lastIndexOf('/') + 1);
  return fileName !== '' && !fileName.startsWith('.');
}
