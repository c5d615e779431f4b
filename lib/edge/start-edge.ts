import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { RoleConfig } from '../config/role-config.ts';
import { createS3Server } from '../s3/create-s3-server.ts';
import { getBlobStore } from '../services/blob-store.ts';
import { createCredentialSource } from '../services/credentials/credential-source.ts';
import { objectIndex } from '../services/objects.ts';
import { dashboardOrigins } from './dashboard-origins.ts';
import { checkEdgeHealth } from './health.ts';
import { listen } from './listen.ts';
import { createProfileServer } from './profile-api/server.ts';
import { readTlsFiles } from './read-tls-files.ts';

export interface Edge {
  readonly ports: { readonly s3: number; readonly profile: number };
  /** Lets requests under way finish for so many milliseconds, then ends. */
  stop(patience: number): Promise<void>;
}

/** Starts the S3 endpoint and the profile API. @throws {Error} one sentence for the operator */
export async function startEdge(config: RoleConfig, logger: Logger): Promise<Edge> {
  const { host } = config;
  const blobs = await getBlobStore();
  const s3 = createS3Server({
    config: {
      bucket: config.importBucket,
      region: config.s3Region,
      allowedOrigins: dashboardOrigins(config),
      ...(config.publicUrl === undefined ? { siblingPort: config.port } : {}),
      publicHosts: config.publicS3Url ? [new URL(config.publicS3Url).host] : [],
      virtualHostDomains: config.s3Domains,
      idleTimeoutMs: config.s3IdleSeconds * 1000,
      ...(config.s3Tls ? { tls: await readTlsFiles(config.s3Tls) } : {}),
    },
    credentials: createCredentialSource(),
    objects: objectIndex,
    blobs,
    logger,
  });
  const profiles = createProfileServer({ logger, checkHealth: () => checkEdgeHealth(blobs) });
  await profiles.ready();

  const ports = {
    s3: await listen(s3, {
      host,
      port: config.s3Port,
      name: 'The S3 endpoint',
      variable: 'S3_PORT',
    }),
    profile: await listen(profiles.server, {
      host,
      port: config.profilePort,
      name: 'The profile API',
      variable: 'PROFILE_PORT',
    }),
  };
  return {
    ports,
    async stop(patience) {
      await Promise.all([closeServer(s3, patience), closeServer(profiles.server, patience)]);
    },
  };
}

/**
 * Takes no new connections, and no more requests on those there are: a client that asks again and again on one
 * connection would be served until the end of the patience.
 */
async function closeServer(server: Server, patience: number): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.setHeader('Connection', 'close');
  });
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
  clearTimeout(timer);
}
