import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { Admission } from './admission.ts';
import { corsHeaders, answerPreflight } from './cors.ts';
import { S3Error, s3Errors } from './errors.ts';
import { execute, type ReceivedRequest, type S3Services } from './execute.ts';
import type { Logger } from './logger.ts';
import type { CredentialSource, ObjectIndex } from './ports.ts';
import { RequestBody } from './request-body.ts';
import { RequestHeaders } from './request-headers.ts';
import { sendError, sendResponse } from './respond.ts';
import { applyDefaults, type S3Config } from './s3-config.ts';
import { createUseNotes } from './use-notes.ts';

const longestHeadersMs = 60_000;
const keepAliveTimeoutMs = 30_000;
const maxHeaderBytes = 32 * 1024;

export interface S3ServerOptions {
  readonly config: S3Config;
  readonly credentials: CredentialSource;
  readonly objects: ObjectIndex;
  readonly blobs: BlobStore;
  readonly logger: Logger;
}

/**
 * The S3 endpoint as an HTTP server, or HTTPS where the configuration has a certificate. It does not listen yet.
 *
 * @example createS3Server({ config, credentials, objects, blobs, logger }).listen(9000, '127.0.0.1');
 */
export function createS3Server(options: S3ServerOptions): http.Server {
  const { config, credentials, objects, blobs, logger } = options;
  const settings = applyDefaults(config);
  const noteUse = createUseNotes(credentials, logger);
  const services: S3Services = { settings, credentials, objects, blobs, logger, noteUse };
  const admission = new Admission(settings.maxRequestsPerKey);
  const headersTimeout = Math.min(longestHeadersMs, settings.idleTimeoutMs);
  const serverOptions = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout,
    connectionsCheckingInterval: headersTimeout / 2,
    // A 10 GB upload may take hours; silence is what is limited, see RequestBody.
    requestTimeout: 0,
    keepAliveTimeout: keepAliveTimeoutMs,
    noDelay: true,
  };
  const server = config.tls
    ? https.createServer({
        ...serverOptions,
        cert: config.tls.certificate,
        key: config.tls.key,
      })
    : http.createServer(serverOptions);
  const onRequest =
    (expectsContinue: boolean) => (request: http.IncomingMessage, response: http.ServerResponse) =>
      void handle({ services, admission, request, response, expectsContinue });
  server.on('request', onRequest(false));
  server.on('checkContinue', onRequest(true));
  return server;
}

interface Exchange {
  readonly services: S3Services;
  readonly admission: Admission;
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly expectsContinue: boolean;
}

async function handle(exchange: Exchange): Promise<void> {
  const { services, admission, request, response, expectsContinue } = exchange;
  const { settings, logger } = services;
  const startedAt = performance.now();
  const headers = new RequestHeaders(request.rawHeaders);
  const { idleTimeoutMs, minBytesPerSecond } = settings;
  const limits = { idleTimeoutMs, minBytesPerSecond };
  const body = new RequestBody({ request, response, headers, expectsContinue, ...limits });
  let leave = () => undefined;
  const received: ReceivedRequest = {
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    method: request.method ?? '',
    url: request.url ?? '',
    headers,
    body,
    trace: {},
    admit: (credentialId) => {
      leave = admission.enter(credentialId);
    },
  };
  const { requestId, method } = received;
  const common = { 'x-amz-request-id': requestId, ...corsHeaders(settings, headers) };
  const answer = { request, response, body, headers: common, idleTimeoutMs };
  let code: string | undefined;
  try {
    const result =
      method === 'OPTIONS' ? answerPreflight(settings, headers) : await execute(services, received);
    await sendResponse({ ...answer, result });
  } catch (cause) {
    const failure = asS3Error(cause);
    code = isClientGone(cause, request) ? 'ClientGone' : failure.code;
    if (failure.code === 'InternalError' && code !== 'ClientGone') {
      logger.error({ requestId, err: cause }, 'An S3 request failed.');
    }
    await sendError({ ...answer, failure, requestId }).catch(() => response.destroy());
  } finally {
    leave();
  }
  logger.info(
    {
      requestId,
      ...received.trace,
      method,
      status: response.statusCode,
      ...(code ? { code } : {}),
      milliseconds: Math.round(performance.now() - startedAt),
    },
    'S3 request',
  );
}

const goneCodes: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Nobody is left to answer, and nothing is wrong here. A bucket's connection breaks with the same words. */
function isClientGone(cause: unknown, { socket }: http.IncomingMessage): boolean {
  const isBroken = cause instanceof Error && 'code' in cause && goneCodes.has(cause.code);
  return isBroken && socket.destroyed;
}

function asS3Error(cause: unknown): S3Error {
  return cause instanceof S3Error ? cause : s3Errors.InternalError();
}
