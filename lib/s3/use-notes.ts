import type { Logger } from './logger.ts';
import type { CredentialSource } from './ports.ts';

const intervalMs = 60_000;

/** Notes when credentials are used, each at most once a minute, without keeping a request waiting. */
export function createUseNotes(
  credentials: CredentialSource,
  logger: Logger,
): (credentialId: number) => void {
  const notedAt = new Map<number, number>();
  return (credentialId) => {
    const now = Date.now();
    if (now - (notedAt.get(credentialId) ?? 0) < intervalMs) return;
    notedAt.set(credentialId, now);
    credentials.touch(credentialId).catch((cause: unknown) => {
      logger.warn({ credentialId, err: cause }, 'The last use of an access key was not noted.');
    });
  };
}
