import { S3ServiceException } from '@aws-sdk/client-s3';
import { BlobStoreFullError } from '#lib/blob/blob-store.ts';
import { UnreadableSecretError } from './connect.ts';
import { EndlessListingError } from './list-news.ts';
import { ForbiddenAddressError } from '../guarded-agents.ts';

/** Codes of S3, in a sentence that says what to do. */
const sentences: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'The server does not know the access key ID.',
  SignatureDoesNotMatch: 'The secret access key is not the one of the access key ID.',
  AccessDenied:
    'The access key may not do this: it needs to list the bucket and to get its objects.',
  NoSuchBucket: 'There is no bucket of this name.',
  PermanentRedirect: 'The bucket is in another region. Enter that region.',
  AuthorizationHeaderMalformed: 'The bucket is in another region. Enter that region.',
  RequestTimeTooSkewed:
    'The clocks of this server and of the bucket’s differ by more than 15 minutes.',
  SlowDown: 'The server asks for fewer requests. It is asked again at the next look.',
};

const networkSentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The server’s name cannot be found. Check the endpoint.',
  EAI_AGAIN: 'The server’s name cannot be looked up at the moment.',
  ECONNREFUSED: 'Nothing answers at the endpoint. Check address and port.',
  ECONNRESET: 'The server broke the connection off.',
  EHOSTUNREACH: 'The server cannot be reached from here.',
  ENETUNREACH: 'The server cannot be reached from here.',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The certificate of the server is not trusted here (NODE_EXTRA_CA_CERTS).',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificate of the server is not trusted here (NODE_EXTRA_CA_CERTS).',
};

/** What went wrong with a bucket, without a word of what a server of unknown making answered. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return 'The bucket cannot be read.';
  if (hasCause(error, ForbiddenAddressError))
    return 'Buckets cannot be at this address. Check the endpoint.';
  if (error instanceof UnreadableSecretError) {
    return 'The stored secret cannot be read with this MASTER_KEY. Edit the bucket and enter it again.';
  }
  if (error instanceof BlobStoreFullError) {
    return 'There is no room left for files. It is tried again at the next look.';
  }
  if (error instanceof EndlessListingError) {
    return 'The server lists more than 10 million files here, or its list has no end. Choose a narrower prefix.';
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return 'The server did not answer in time. Check the endpoint.';
  }
  const network = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = sentences[error.name] ?? networkSentences[network];
  if (known !== undefined) return known;
  if (!(error instanceof S3ServiceException))
    return 'The server does not answer as S3 does. Check the endpoint.';
  const { httpStatusCode: status } = error.$metadata;
  // A HEAD is answered without a code.
  if (status === 403) return sentences['AccessDenied'] ?? '';
  return `The server answered with status ${status ?? 'unknown'}.`;
}

function hasCause(error: unknown, type: typeof ForbiddenAddressError): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof type) return true;
  return false;
}
