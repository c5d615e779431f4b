import type { z } from 'zod';
import { errorResponse } from '../contracts/common.ts';

/** What a request to the dashboard's API failed with, ready to be shown. */
export class RequestError extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  /** To be named when asking for help; null when no server saw the request. */
  readonly requestId: string | null;

  constructor(options: {
    message: string;
    status: number;
    code: string;
    fields?: Readonly<Record<string, string>> | undefined;
    requestId?: string | undefined;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'RequestError';
    this.status = options.status;
    this.code = options.code;
    this.fields = options.fields ?? {};
    this.requestId = options.requestId ?? null;
  }
}

type FetchOptions<Schema extends z.ZodType> = {
  /** Path and query, such as `/api/tables?page=2`. */
  path: string;
  /** The answer is parsed with it; leave it out when the answer has no body. */
  schema: Schema;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
};

/**
 * The one way from the browser to the dashboard's API. Throws RequestError, never anything else but an abort.
 *
 * @example await fetchJson({ path: '/api/tables/678', schema: tableResponse, signal })
 */
export async function fetchJson<Schema extends z.ZodType>(
  options: FetchOptions<Schema>,
): Promise<z.infer<Schema>> {
  const response = await send(options);
  const body = await readBody(response);
  if (!response.ok) throw toRequestError(response, body);
  return options.schema.parse(body);
}

async function send({
  path,
  method = 'GET',
  body,
  signal,
}: FetchOptions<z.ZodType>): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RequestError({
      message: 'The server cannot be reached. Check that it runs and that you are online.',
      status: 0,
      code: 'unreachable',
      cause,
    });
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// Sign-in is answered by better-auth, which numbers no requests.
const knownError = errorResponse.partial({ uuid: true });

function toRequestError(response: Response, body: unknown): RequestError {
  const parsed = knownError.safeParse(body);
  if (!parsed.success) {
    return new RequestError({
      message: `The server answered with status ${response.status} and no explanation.`,
      status: response.status,
      code: 'unexpected-answer',
    });
  }
  const { message, code, fields, uuid } = parsed.data;
  return new RequestError({ message, status: response.status, code, fields, requestId: uuid });
}

/** Builds a query string; what is undefined, null or empty is left out. */
export function toQueryString(
  parameters: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null || value === '') continue;
    query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
