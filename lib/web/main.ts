import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { roleConfig } from '#lib/config/role-config.ts';
import { createProfileServer, isProfileAddress } from '#lib/edge/profile-api/server.ts';
import { getLogger } from '#lib/http/logger.ts';
import { requireReady } from '#lib/services/health.ts';
import { clientAddress, clientAddressHeader } from '#lib/services/auth/client-address.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { refuseUpgrades } from './refuse-upgrades.ts';

const isDevelopment = process.env.NODE_ENV === 'development';
const config = roleConfig();
const app = next({
  dev: isDevelopment,
  dir: fileURLToPath(new URL('../..', import.meta.url)),
  hostname: config.host,
  port: config.port,
});
const handle = app.getRequestHandler();
await app.prepare();

// Small set-ups have one address for everything.
const profiles = createProfileServer({ logger: getLogger(), checkHealth: requireReady });
await profiles.ready();

const server = createServer((request, response) => {
  if (!secure(request, response)) return;
  if (isProfileAddress(request.url)) profiles.routing(request, response);
  else void handle(request, response);
});
if (isDevelopment) {
  const upgrade = app.getUpgradeHandler();
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));
} else {
  refuseUpgrades(server);
}

server.once('error', (error) => {
  process.send?.({ kind: 'failed', message: `The dashboard cannot listen: ${error.message}` });
  process.exit(1);
});
server.listen(config.port, config.host);
await once(server, 'listening');
process.send?.({ kind: 'ready' });

process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 3_000).unref();
});
// The launcher was killed.
process.once('disconnect', () => process.exit(0));

/** Sets the security headers; answers the request itself when its Host header is malformed. */
function secure(request: IncomingMessage, response: ServerResponse): boolean {
  const host = request.headers.host ?? '';
  if (!/^[A-Za-z0-9.\-:[\]]+$/.test(host) || !URL.canParse(`http://${host}`)) {
    response.writeHead(400).end();
    return false;
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy({ nonce, host, config, isDevelopment });
  // Next reads the nonce for its own scripts from the request's policy.
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  request.headers[clientAddressHeader] = clientAddress(
    request.socket.remoteAddress,
    headerText(request.headers['x-forwarded-for']),
  );
  // For pages that send people to sign in and back.
  request.headers['x-address'] = request.url ?? '/';
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  return true;
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
