import { fillPath } from '../contracts/openapi/example-parts.ts';
import type { CallDescription } from '../contracts/openapi/describe-call.ts';
import { toQueryString } from './fetch-json.ts';

interface SentCall {
  readonly call: Pick<CallDescription, 'method' | 'path' | 'parameters'>;
  readonly values: Readonly<Record<string, string>>;
  /** null for a call without one. */
  readonly body: string | null;
  readonly token: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string | null;
  /** JSON laid out, anything else as it came; cut where it is very long. */
  readonly text: string;
  /** What is not to be read but saved, such as a zip file. */
  readonly file: {
    readonly name: string;
    readonly address: string;
    readonly sizeBytes: number;
  } | null;
}

const mostCharacters = 100_000;

/** Sends a call of the REST API as a program would: with a token, and without the session of the dashboard. */
export async function sendCall({ call, values, body, token }: SentCall): Promise<CallAnswer> {
  const query = Object.fromEntries(
    call.parameters
      .filter(({ place }) => place === 'query')
      .map(({ name }) => [name, values[name] ?? '']),
  );
  const started = performance.now();
  const response = await fetch(`${fillPath(call.path, values)}${toQueryString(query)}`, {
    method: call.method.toUpperCase(),
    credentials: 'omit',
    cache: 'no-store',
    headers: { token, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    ...(body === null ? {} : { body }),
  });
  const file = isArchive(response) ? toFile(await response.blob()) : null;
  const text = file ? '' : layOut(await response.text());
  return {
    file,
    status: response.status,
    milliseconds: Math.round(performance.now() - started),
    requestId: response.headers.get('x-request-id'),
    text: text.length > mostCharacters ? `${text.slice(0, mostCharacters)}\n…` : text,
  };
}

function isArchive({ headers }: Response): boolean {
  return headers.get('content-type') === 'application/zip';
}

function toFile(blob: Blob) {
  return { name: 'answer.zip', address: URL.createObjectURL(blob), sizeBytes: blob.size };
}

function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
