import { once } from 'node:events';
import http from 'node:http';
import type { ReadyPut } from './bodies.ts';

/** Sends a body as fast as it is taken; gives seconds until the answer. */
export async function timedPut(port: number, path: string, put: ReadyPut): Promise<number> {
  const started = performance.now();
  const { headers, pieces } = put;
  const request = http.request({
    host: '127.0.0.1',
    port,
    path,
    method: 'PUT',
    headers,
    agent: false,
  });
  const answered = once(request, 'response');
  for (const piece of pieces) if (!request.write(piece)) await once(request, 'drain');
  request.end();
  const [response] = (await answered) as [http.IncomingMessage];
  let text = '';
  for await (const part of response) text += String(part);
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode ?? 0} ${text}`);
  return (performance.now() - started) / 1000;
}
