import { s3Errors } from '../errors.ts';
import { encodePath } from '../percent-encoding.ts';
import type { QueryParameters } from '../request-target.ts';

const mostEntries = 1000;

export interface ListEncoding {
  /** `url` when the client asked for percent-encoded keys, which XML cannot mangle. */
  readonly encodingType: 'url' | undefined;
  readonly encode: (text: string) => string;
}

export interface ListParameters extends ListEncoding {
  readonly prefix: string;
  readonly delimiter: string;
  /** 0 to 1,000. */
  readonly maxKeys: number;
}

/** Reads what both versions of the listing share. */
export function parseListParameters(query: QueryParameters): ListParameters {
  return {
    ...parseEncoding(query),
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: parseLimit(query, 'max-keys'),
  };
}

/** @throws InvalidArgument for an encoding other than `url` */
export function parseEncoding(query: QueryParameters): ListEncoding {
  const type = query.get('encoding-type') ?? '';
  if (type === '') return { encodingType: undefined, encode: (text) => text };
  if (type.toLowerCase() === 'url') return { encodingType: 'url', encode: encodePath };
  throw s3Errors.InvalidArgument('Invalid Encoding Method specified in Request');
}

/** Entries of a page: at most, and by default, 1,000. */
export function parseLimit(query: QueryParameters, name: string): number {
  const value = query.get(name) ?? '';
  return value === '' ? mostEntries : Math.min(parseInteger(name, value), mostEntries);
}

/** A number behind which a page starts; 0 by default. */
export function parseMarker(query: QueryParameters, name: string): number {
  const value = query.get(name) ?? '';
  return value === '' ? 0 : parseInteger(name, value);
}

function parseInteger(name: string, value: string): number {
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY;
  if (number > 2 ** 31 - 1) {
    throw s3Errors.InvalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`);
  }
  return number;
}
