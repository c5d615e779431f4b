import type { z } from 'zod';
import type { TokenScope } from '../tokens.ts';

/** One call of the REST API, as the reference shows it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` for its parts that vary. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly scope: TokenScope;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Of a good answer. */
  readonly status: 200 | 201 | 202 | 204;
  /** Left out when the answer has no body. */
  readonly response?: z.ZodType;
  /** When the answer is a file: its media types. */
  readonly files?: readonly string[];
}
