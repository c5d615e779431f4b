import { s3Errors } from './errors.ts';

/** Bounds the requests that one access key has under way, so that no client can take all there is to give. */
export class Admission {
  readonly #most: number;
  readonly #counts = new Map<number, number>();

  /** @param most requests of one credential at the same time */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Counts a request in.
   *
   * @returns what counts it out again
   * @throws SlowDown
   */
  enter(credentialId: number): () => undefined {
    const count = this.#counts.get(credentialId) ?? 0;
    if (count >= this.#most) throw s3Errors.SlowDown();
    this.#counts.set(credentialId, count + 1);
    return () => this.#leave(credentialId);
  }

  #leave(credentialId: number): undefined {
    const count = (this.#counts.get(credentialId) ?? 0) - 1;
    if (count > 0) this.#counts.set(credentialId, count);
    else this.#counts.delete(credentialId);
  }
}
