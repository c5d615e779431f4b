import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { MAX_CUSTOMER_ID_BYTES, MAX_ROW_BYTES } from '../../core/datatypes/limits.ts';
import { AppError } from '../../core/errors.ts';
import { registerAliases } from './aliases.ts';
import { registerAudiences } from './audiences.ts';
import { admit } from './authenticate.ts';
import { registerBatches } from './batches.ts';
import { registerCustomerProfiles } from './customer-profiles.ts';
import { registerJsonBody } from './json-body.ts';
import { renderError } from './render-error.ts';

export interface ProfileServerOptions {
  readonly logger: FastifyBaseLogger;
  /** Throws what keeps this process from doing its job. */
  readonly checkHealth: () => Promise<void>;
  /** A request has this many milliseconds to arrive whole; a minute unless told. */
  readonly requestTimeoutMs?: number;
}

/**
 * The profile API. Addresses hold customer IDs, so neither they nor bodies are ever logged:
 * a log line names the route, not the address.
 */
export function createProfileServer({
  logger,
  checkHealth,
  requestTimeoutMs = 60_000,
}: ProfileServerOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would cost more than finding its row.
    childLoggerFactory: (shared) => shared,
    genReqId: requestIdOf,
    bodyLimit: 2 * MAX_ROW_BYTES,
    requestTimeout: requestTimeoutMs,
    // Node takes its limit for the head from here.
    http: {
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs / 2,
    },
    routerOptions: {
      ignoreTrailingSlash: true,
      // Every byte may come percent-encoded.
      maxParamLength: 3 * MAX_CUSTOMER_ID_BYTES,
    },
    frameworkErrors: renderError,
  });
  registerJsonBody(app);
  app.setErrorHandler(renderError);
  app.setNotFoundHandler((request, reply) => {
    renderError(noSuchAddress(), request, reply);
  });
  app.decorateRequest('admission', null);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    // No body of theirs is read.
    if (request.method === 'GET' || request.method === 'HEAD') done();
    else if (request.is404) done(noSuchAddress());
    else admit(request).then(() => done(), done);
  });
  if (logger.level === 'debug' || logger.level === 'trace') logRequests(app);
  app.get('/api/health', async () => {
    await checkHealth();
    return { status: 'ok' };
  });
  registerCustomerProfiles(app);
  registerAliases(app);
  registerBatches(app);
  registerAudiences(app);
  return app;
}

function noSuchAddress(): AppError {
  return new AppError({ code: 'not-found', message: 'There is no such address.', status: 404 });
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.debug(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
    done();
  });
}

/** Whether the profile API answers this address, on a port that it shares. */
export function isProfileAddress(url = ''): boolean {
  return /^\/api\/(customer_profiles?|consolidated(CustomerView|_customer_profile_view)|alias|audiences\/\d+\/\d+)\//.test(
    url,
  );
}

/** The caller's `x-request-id` when it is fit for a log line, else a new UUID. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
