import { s3Errors } from '../errors.ts';

export const mostParts = 10_000;

/** @throws InvalidArgument for anything but an integer from 1 to 10,000 */
export function parsePartNumber(value: string | undefined): number {
  const number = /^\d{1,5}$/.test(value ?? '') ? Number(value) : 0;
  if (number < 1 || number > mostParts) {
    throw s3Errors.InvalidArgument('Part number must be an integer between 1 and 10000, inclusive');
  }
  return number;
}
