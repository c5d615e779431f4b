import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pino from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { createProfileServer, isProfileAddress } from '#lib/edge/profile-api/server.ts';

type Handler = (
  request: Request,
  context: { readonly params: Promise<unknown> },
) => Promise<Response>;

interface Route {
  readonly pattern: RegExp;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** The REST API of the web role over HTTP, with the handlers that Next would call. Gives its address. */
export function useRestServer(): () => string {
  let origin = '';
  const profiles = createProfileServer({
    logger: pino({ level: 'silent' }),
    checkHealth: () => Promise.resolve(),
  });
  let routes: readonly Route[] = [];
  const server = createServer((request, response) => {
    if (isProfileAddress(request.url)) profiles.routing(request, response);
    else void answer(routes, { request, response });
  });
  beforeAll(async () => {
    routes = await findRoutes();
    await profiles.ready();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => origin;
}

async function findRoutes(): Promise<Route[]> {
  const root = new URL('../', import.meta.url);
  const files = await readdir(root, { recursive: true });
  const served = files.filter((file) => /^(experiment\/v1|v2)\/.*route\.ts$/.test(file));
  // What takes any address comes last.
  const sorted = served.toSorted((a, b) => Number(a.includes('...')) - Number(b.includes('...')));
  return Promise.all(
    sorted.map(async (file) => ({
      pattern: toPattern(file.replace(/\/route\.ts$/, '')),
      handlers: (await import(new URL(file, root).href)) as Record<string, Handler>,
    })),
  );
}

function toPattern(path: string): RegExp {
  const source = path.replaceAll(
    /\[(\.\.\.)?(\w+)\]/g,
    (_, rest: string | undefined, name: string) =>
      rest === undefined ? `(?<${name}>[^/]+)` : `(?<${name}>.+)`,
  );
  return new RegExp(`^/${source}/?$`);
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer(routes: readonly Route[], { request, response }: Exchange): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const method = request.method ?? 'GET';
  for (const { pattern, handlers } of routes) {
    const params = pattern.exec(url.pathname)?.groups;
    const handler = handlers[method];
    if (!params && !pattern.test(url.pathname)) continue;
    if (!handler) break;
    const answered = await handler(toRequest(url, request), {
      params: Promise.resolve({ ...params }),
    });
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    if (answered.body)
      await pipeline(Readable.from(answered.body), response).catch(() => undefined);
    else response.end();
    return;
  }
  response.writeHead(405).end();
}

function toRequest(url: URL, request: IncomingMessage): Request {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(url, {
    method: request.method ?? 'GET',
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  });
}
