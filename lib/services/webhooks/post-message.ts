import http from 'node:http';
import https from 'node:https';
import { createGuardedAgents, hasForbiddenHost, ForbiddenAddressError } from '../guarded-agents.ts';

/** Milliseconds for everything: name, connection, request and the status of the answer. */
const timeLimit = 10_000;

const agents = createGuardedAgents();

interface PostedMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a message and gives the status of the answer. Redirects are not followed and nothing but the status is read, so that a
 * webhook's address shows nobody what another server says.
 *
 * @throws what the network throws; `TimeoutError` after ten seconds.
 */
export async function postMessage({ url, headers, body }: PostedMessage): Promise<number> {
  if (hasForbiddenHost(url)) throw new ForbiddenAddressError(new URL(url).hostname);
  const isHttps = new URL(url).protocol === 'https:';
  const signal = AbortSignal.timeout(timeLimit);
  const options = {
    method: 'POST',
    agent: isHttps ? agents.httpsAgent : agents.httpAgent,
    signal,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'OpenDCP',
    },
  };
  return new Promise((resolve, reject) => {
    const request = (isHttps ? https : http).request(url, options, (response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    request.on('error', (error) => {
      reject(signal.aborted ? (signal.reason as Error) : error);
    });
    request.end(body);
  });
}
