import type { z } from 'zod';
import type { TokenScope } from '../tokens.ts';

/** One call of the REST API, as the reference shows it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` for its parts that vary. */
  readonly path: string;
  readonly summary: string;
  /** What it does, what it refuses and what is easily missed, in a few sentences. */
  readonly description: string;
  readonly tag: string;
  readonly scope: TokenScope;
  /** A right that does as well. */
  readonly otherScope?: TokenScope;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A body as somebody would send it. */
  readonly example?: unknown;
  /**
   * The call with the client of lib/client: `{id}` and the like stand for parts of the path, `{body}` for the example. One
   * that gives items one by one begins with `each `.
   */
  readonly call: string;
  /** Of a good answer. */
  readonly status: 200 | 201 | 202 | 204;
  /** Left out when the answer has no body. */
  readonly response?: z.ZodType;
  /** When the answer is a file: its media types. */
  readonly files?: readonly string[];
}

/** Names the operation in the OpenAPI document and in addresses: `getExperimentV1Projects`. */
export function operationIdOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method}${path.replaceAll(/[^a-zA-Z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** Rights of which a token needs one. */
export function rightsOf({ scope, otherScope }: Operation): readonly TokenScope[] {
  return otherScope === undefined ? [scope] : [scope, otherScope];
}
