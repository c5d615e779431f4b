/**
 * A value of an attribute. A `long` beyond ±(2^53 − 1) is a `bigint` or its digits as text; dates are texts in the
 * attribute's format, or seconds for `epoch`; null clears the value.
 */
export type AttributeValue = string | number | bigint | boolean | null;

/**
 * `JSON.stringify` for what the API takes: a `bigint` becomes its digits as text, which every number attribute accepts.
 *
 * @throws {RangeError} for NaN and infinity, which JSON would turn into null and so clear the value.
 * @example toJson({ data: { points: 2n ** 60n } }) // '{"data":{"points":"1152921504606846976"}}'
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => {
    if (typeof member === 'bigint') return String(member);
    if (typeof member === 'number' && !Number.isFinite(member)) {
      throw new RangeError(`${key} is ${String(member)}, which cannot be stored.`);
    }
    return member;
  });
}
