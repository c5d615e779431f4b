/** For `register`: an emptied field of an optional text means that there is none. */
export function emptyToNull(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}
