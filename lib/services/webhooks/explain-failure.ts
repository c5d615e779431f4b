import { ForbiddenAddressError } from '../guarded-agents.ts';

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The receiver’s name cannot be found.',
  EAI_AGAIN: 'The receiver’s name cannot be looked up at the moment.',
  ECONNREFUSED: 'Nothing answers at the address.',
  ECONNRESET: 'The receiver broke the connection off.',
  EPIPE: 'The receiver broke the connection off.',
  EHOSTUNREACH: 'The receiver cannot be reached from here.',
  ENETUNREACH: 'The receiver cannot be reached from here.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another name.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The certificate of the receiver is not trusted here (NODE_EXTRA_CA_CERTS).',
  SELF_SIGNED_CERT_IN_CHAIN:
    'The certificate of the receiver is not trusted here (NODE_EXTRA_CA_CERTS).',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificate of the receiver is not trusted here (NODE_EXTRA_CA_CERTS).',
};

/** Why an answer does not count as delivered; null when it does. */
export function explainStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return 'The receiver is gone (410).';
  if (status >= 300 && status < 400) return 'The answer is a redirect, which is not followed.';
  return `The receiver answered ${status}.`;
}

/** Why a try got no answer. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'The message could not be sent.';
  if (error instanceof ForbiddenAddressError) return 'Messages are not sent to this address.';
  if (error.name === 'TimeoutError') return 'No answer within 10 seconds.';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return sentences[code] ?? 'The connection failed.';
}
