import { fail, ok, type Result } from '#lib/core/result.ts';
import { s3Errors, type S3Error } from './errors.ts';
import { decodePercent } from './percent-encoding.ts';

export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

/** A request target taken apart without any normalisation: `//`, `..` and `%2F` stay what they are. */
export interface RequestTarget {
  /** As sent, with the leading slash. */
  readonly rawPath: string;
  /** Percent-decoded. */
  readonly path: string;
  readonly query: QueryParameters;
}

/** Decoded parameters in the order they came, duplicates kept. */
export class QueryParameters {
  readonly parameters: readonly QueryParameter[];

  constructor(parameters: readonly QueryParameter[]) {
    this.parameters = parameters;
  }

  has(name: string): boolean {
    return this.parameters.some((parameter) => parameter.name === name);
  }

  /** First value of a parameter; `?uploads` has the value `''`. */
  get(name: string): string | undefined {
    return this.parameters.find((parameter) => parameter.name === name)?.value;
  }
}

/**
 * Takes `IncomingMessage.url` apart.
 *
 * @returns InvalidURI when a percent-encoding is broken or does not give UTF-8
 * @example parseRequestTarget('/bucket/a%20b?uploads')
 */
export function parseRequestTarget(target: string): Result<RequestTarget, S3Error> {
  const origin = /^https?:\/\/[^/?]*/i.exec(target)?.[0] ?? '';
  const relative = target.slice(origin.length);
  const mark = relative.indexOf('?');
  const rawPath = (mark < 0 ? relative : relative.slice(0, mark)) || '/';
  const path = decodePercent(rawPath);
  const query = parseQuery(mark < 0 ? '' : relative.slice(mark + 1));
  if (path === null || query === null || !path.startsWith('/')) return fail(s3Errors.InvalidURI());
  return ok({ rawPath, path, query });
}

function parseQuery(raw: string): QueryParameters | null {
  const parameters: QueryParameter[] = [];
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeQueryText(equals < 0 ? pair : pair.slice(0, equals));
    const value = decodeQueryText(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === null || value === null) return null;
    parameters.push({ name, value });
  }
  return new QueryParameters(parameters);
}

function decodeQueryText(raw: string): string | null {
  return decodePercent(raw.replaceAll('+', ' '));
}
