import type { z } from 'zod';
import { errorResponse } from '../contracts/common.ts';
import { OpenDcpError } from './client-error.ts';
import { toJson } from './to-json.ts';

export interface TransportOptions {
  readonly token: string;
  /** Address of the dashboard's port, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Address of the profile API's own port; the dashboard's answers the same calls. */
  readonly profileUrl?: string;
  /** Milliseconds that one attempt may take; a stream, until it begins. 30,000 unless told. */
  readonly timeout?: number;
  /** How often a call that is answered with 429 or 503 is sent again. 3 unless told. */
  readonly retries?: number;
  /** Milliseconds of `Retry-After` that are waited for; a longer one is an error at once. 60,000 unless told. */
  readonly longestWait?: number;
  /** Ends all calls of this client. */
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query, such as `/experiment/v1/dcp_services`. */
  readonly path: string;
  readonly body?: unknown;
}

/** A call with its body as text. */
interface Written extends Omit<Call, 'body'> {
  readonly body: string | undefined;
}

/** Sends calls, waits and repeats where the server asks for it, and turns refusals into errors. */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** @throws {OpenDcpError} */
  async read<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
    const text = await this.#send(call, (response) => response.text());
    return schema.parse(JSON.parse(text));
  }

  /** For calls that are answered without a body. @throws {OpenDcpError} */
  async run(call: Call): Promise<void> {
    await this.#send(call, (response) => response.text());
  }

  /** The bytes of a file as they come. @throws {OpenDcpError} */
  async stream(call: Call): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.#send(call, ({ body }) => Promise.resolve(body ?? new Blob([]).stream()));
  }

  async #send<Result>(call: Call, take: (response: Response) => Promise<Result>): Promise<Result> {
    const { retries = 3, longestWait = 60_000, signal } = this.#options;
    const body = call.body === undefined ? undefined : toJson(call.body);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#attempt({ ...call, body }, take);
      } catch (error) {
        if (!(error instanceof OpenDcpError) || attempt >= retries) throw error;
        if (error.status !== 429 && error.status !== 503) throw error;
        const wait = (error.retryAfter ?? 60) * 1000;
        if (wait > longestWait) throw error;
        await pause(wait, signal);
      }
    }
  }

  async #attempt<Result>(call: Written, take: (response: Response) => Promise<Result>) {
    const { timeout = 30_000, signal } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
    }, timeout);
    try {
      const response = await this.#fetch(call, late.signal);
      if (!response.ok) throw await toError(response);
      return await take(response);
    } catch (cause) {
      if (cause instanceof OpenDcpError || signal?.aborted) throw cause;
      const message = late.signal.aborted
        ? `The server did not answer within ${timeout / 1000} seconds.`
        : 'The server cannot be reached.';
      const code = late.signal.aborted ? 'timeout' : 'unreachable';
      throw new OpenDcpError({ message, status: 0, code, cause });
    } finally {
      clearTimeout(timer);
    }
  }

  #fetch({ method = 'GET', path, body }: Written, late: AbortSignal): Promise<Response> {
    const { token, signal, fetch = globalThis.fetch } = this.#options;
    return fetch(`${this.#originOf(path).replace(/\/+$/, '')}${path}`, {
      method,
      headers: { token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      // Elsewhere the token is nobody's business.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
  }

  #originOf(path: string): string {
    const { url, profileUrl = url } = this.#options;
    return path.startsWith('/api/') ? profileUrl : url;
  }
}

async function toError(response: Response): Promise<OpenDcpError> {
  const { status, headers, type } = response;
  // Browsers tell neither the status nor the place.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const place = headers.get('location') ?? 'another address';
    const message = `The server redirects to ${place}, where the token is not sent. Use that address.`;
    return new OpenDcpError({ message, code: 'redirected', status });
  }
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  const given = { status, retryAfter: Number.isFinite(retryAfter) ? retryAfter : null };
  const parsed = errorResponse.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new OpenDcpError({ ...parsed.data, ...given });
  const message = `The server answered with status ${status} and no explanation.`;
  return new OpenDcpError({ message, code: 'unexpected-answer', ...given });
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('The call was aborted.', { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
}
