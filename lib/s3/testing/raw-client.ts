import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import { owner, region, type TestServer } from './test-server.ts';

/**
 * A client of our own that signs by the letter of AWS Signature Version 4, without any of the endpoint's code, and can be
 * told to cheat: what is sent need not be what was signed.
 */
export interface RawRequest {
  readonly method: string;
  /** Request target, sent as it is. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | readonly Buffer[];
  /** `x-amz-content-sha256`; the hash of the body when not given. */
  readonly payloadHash?: string;
  readonly accessKeyId?: string;
  readonly secret?: string;
  readonly time?: Date;
  /** Sent, but not signed, over what was signed. */
  readonly altered?: {
    readonly method?: string;
    readonly target?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

export interface RawResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Code of an XML error. */
  readonly code: string | undefined;
}

export interface Signature {
  readonly key: Buffer;
  readonly dateTime: string;
  readonly scope: string;
  readonly signature: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function signRequest(server: Pick<TestServer, 'port'>, request: RawRequest): Signature {
  const dateTime = (request.time ?? new Date()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = dateTime.slice(0, 8);
  const scope = `${date}/${region}/s3/aws4_request`;
  const payloadHash = request.payloadHash ?? sha256(bodyOf(request));
  const headers: Record<string, string> = {
    host: `127.0.0.1:${server.port}`,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': dateTime,
    ...request.headers,
  };
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = request.target.split('?');
  const canonical = [
    request.method,
    path,
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
  const secret = request.secret ?? owner.secret;
  const key = [date, region, 's3', 'aws4_request'].reduce<Buffer>(
    (signing, text) => hmac(signing, text),
    Buffer.from(`AWS4${secret}`),
  );
  const text = ['AWS4-HMAC-SHA256', dateTime, scope, sha256(canonical)].join('\n');
  const signature = hmac(key, text).toString('hex');
  const accessKeyId = request.accessKeyId ?? owner.accessKeyId;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { key, dateTime, scope, signature, headers: { ...headers, authorization } };
}

/** Signs and sends; gives the answer whatever it is. */
export async function send(
  server: Pick<TestServer, 'port'>,
  request: RawRequest,
): Promise<RawResponse> {
  return sendSigned(server, request, signRequest(server, request));
}

export async function sendSigned(
  server: Pick<TestServer, 'port'>,
  request: RawRequest,
  signed: Signature,
): Promise<RawResponse> {
  const { method, target, headers } = request.altered ?? {};
  const pieces = Array.isArray(request.body) ? (request.body as Buffer[]) : [bodyOf(request)];
  const length = pieces.reduce((total, piece) => total + piece.length, 0);
  const options = {
    host: '127.0.0.1',
    port: server.port,
    method: method ?? request.method,
    path: target ?? request.target,
    headers: {
      ...('transfer-encoding' in signed.headers ? {} : { 'content-length': String(length) }),
      ...signed.headers,
      ...headers,
    },
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const outgoing = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code });
      });
    });
    outgoing.on('error', reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

function bodyOf({ body = '' }: RawRequest): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.isBuffer(body) ? body : Buffer.concat(body);
}

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
