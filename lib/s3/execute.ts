import type { BlobStore } from '#lib/blob/blob-store.ts';
import { authorizeKey, authorizeRead } from './confinement.ts';
import { s3Errors } from './errors.ts';
import type { Logger } from './logger.ts';
import { parsePayloadMode, type PayloadMode } from './payload/payload-mode.ts';
import { receiveDocument } from './payload/receive-document.ts';
import { receiveObject } from './payload/receive-object.ts';
import type { Credential, CredentialSource, ObjectIndex } from './ports.ts';
import type { RequestBody } from './request-body.ts';
import type { RequestHeaders } from './request-headers.ts';
import { parseRequestTarget } from './request-target.ts';
import { parseResource, type Resource } from './resource.ts';
import { findCommand } from './router.ts';
import type { S3Command, S3Context, S3Response } from './s3-command.ts';
import type { S3Settings } from './s3-config.ts';
import { authenticate, type Authentication } from './signature/authenticate.ts';

export interface S3Services {
  readonly settings: S3Settings;
  readonly credentials: CredentialSource;
  readonly objects: ObjectIndex;
  readonly blobs: BlobStore;
  readonly logger: Logger;
  /** Called for every request whose signature is right. */
  noteUse(credentialId: number): void;
}

export interface ReceivedRequest {
  readonly requestId: string;
  readonly method: string;
  /** The request target, untouched. */
  readonly url: string;
  readonly headers: RequestHeaders;
  readonly body: RequestBody;
  /** Told what is known of the request as it becomes known, for the log. */
  readonly trace: { command?: string; accessKeyId?: string };
  /** Takes the request in for a credential, until it is answered. @throws SlowDown */
  admit(credentialId: number): void;
}

/**
 * Answers a request: who is it, what does it want, may it, then do it. The body is not asked for before the first three
 * questions are settled.
 *
 * @throws S3Error for every answer other than success
 */
export async function execute(services: S3Services, request: ReceivedRequest): Promise<S3Response> {
  const { settings, credentials } = services;
  const { method, headers, trace } = request;
  const parsed = parseRequestTarget(request.url);
  if (!parsed.ok) throw parsed.error;
  const target = parsed.value;

  const { publicHosts } = settings;
  const signed = { method, target, headers, publicHosts };
  const authenticated = await authenticate({ request: signed, credentials, now: new Date() });
  if (!authenticated.ok) throw authenticated.error;
  const authentication = authenticated.value;
  trace.accessKeyId = authentication.credential.accessKeyId;
  services.noteUse(authentication.credential.id);
  request.admit(authentication.credential.id);

  const { virtualHostDomains } = settings;
  const resource = parseResource({ target, headers, virtualHostDomains });
  const command = findCommand({ method, resource, query: target.query, headers });
  trace.command = command.name;
  const mode = parsePayloadMode(authentication.claim.payloadHash);
  if (!mode.ok) throw mode.error;
  authorize({ command, resource, authentication, settings, method });

  const exchange = { services, request, command, mode: mode.value, authentication };
  const document = await readDocument(exchange);
  if (document !== '') await requireActive(credentials, authentication.credential);
  return command.run({ ...createContext(exchange, resource), query: target.query, document });
}

function authorize(options: {
  readonly command: S3Command;
  readonly resource: Resource;
  readonly authentication: Authentication;
  readonly settings: S3Settings;
  readonly method: string;
}): void {
  const { command, resource, authentication, settings, method } = options;
  const { credential } = authentication;
  if (resource.kind === 'service' || command.name === 'CreateBucket') return;
  if (resource.bucket !== settings.bucket) throw s3Errors.NoSuchBucket(resource.bucket);
  if (resource.kind === 'bucket') return;
  if (method === 'GET' || method === 'HEAD') authorizeRead(credential, resource.key);
  else authorizeKey(credential, resource.key);
}

interface Exchange {
  readonly services: S3Services;
  readonly request: ReceivedRequest;
  readonly command: S3Command;
  readonly mode: PayloadMode;
  readonly authentication: Authentication;
}

/** Also commands without a body have it read and verified, so that nothing signed goes unchecked. */
async function readDocument({ request, command, mode }: Exchange): Promise<string> {
  if (command.body === 'object') return '';
  const { body, headers } = request;
  return receiveDocument({
    body,
    headers,
    mode,
    checksumIsOfBody: !command.checksumDescribesObject,
  });
}

/** A body may take its time; a key that was ended meanwhile is answered as one that never was. */
async function requireActive(
  credentials: CredentialSource,
  { accessKeyId }: Credential,
): Promise<void> {
  const credential = await credentials.find(accessKeyId);
  if (!credential?.active) throw s3Errors.InvalidAccessKeyId();
}

function createContext(
  { services, request, mode, authentication }: Exchange,
  resource: Resource,
): Omit<S3Context, 'query' | 'document'> {
  const { settings, objects, blobs, logger } = services;
  const { requestId, headers, body } = request;
  return {
    requestId,
    credential: authentication.credential,
    headers,
    bucket: resource.bucket,
    key: resource.key,
    settings,
    objects,
    blobs,
    receive: (options) =>
      receiveObject({
        createWriter: (expectedBytes) => blobs.create(expectedBytes ?? undefined),
        ...options,
        body,
        headers,
        mode,
        authentication,
      }),
    discard: async (names) => {
      try {
        await blobs.remove(names);
      } catch (cause) {
        logger.warn({ requestId, err: cause }, 'Blobs could not be removed; the sweep will.');
      }
    },
  };
}
