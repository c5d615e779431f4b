import type { Credential, CredentialSource } from '../ports.ts';

/** Access keys kept in memory, for tests and benches of the protocol alone. */
export class MemoryCredentials implements CredentialSource {
  readonly touched: number[] = [];
  readonly #credentials = new Map<string, Credential>();

  constructor(credentials: readonly Credential[]) {
    for (const credential of credentials) this.#credentials.set(credential.accessKeyId, credential);
  }

  find(accessKeyId: string): Promise<Credential | null> {
    return Promise.resolve(this.#credentials.get(accessKeyId) ?? null);
  }

  touch(credentialId: number): Promise<void> {
    this.touched.push(credentialId);
    return Promise.resolve();
  }

  revoke(accessKeyId: string): void {
    const credential = this.#credentials.get(accessKeyId);
    if (credential) this.#credentials.set(accessKeyId, { ...credential, active: false });
  }
}
