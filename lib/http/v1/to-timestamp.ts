/** @example toV1Timestamp('2015-08-01T11:50:37.864Z') // '2015-08-01T11:50:37.864000Z' */
export function toV1Timestamp(time: Date | string): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
