/** Makes the wildcards of LIKE ordinary: `%` and `_` are letters to whoever types them into a search box. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
