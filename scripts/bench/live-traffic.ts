import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '#lib/core/seeded-random.ts';
import type { ProfileAddress } from './bench-edge.ts';
import { watchLockWaits } from './lock-waits.ts';
import { Connection } from './profiles/connection.ts';
import { profileRequest, type RequestKind } from './profiles/profile-request.ts';

/** Milliseconds. */
export interface Latency {
  readonly requests: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

export interface Latencies {
  readonly lookups: Latency;
  readonly writes: Latency;
  /** The longest that a request was seen to wait for a lock. */
  readonly lockWait: number;
}

/** Between two requests of one kind. */
const pause = 20;
/** The first requests of an edge that has just started load what all others find there. */
const warmUp = 20;
/** A customer may not be there yet. */
const answers = { lookups: [200, 404], writes: [201] } as const;

/**
 * Looks up and writes single customers through the profile API, one after the other, until told to stop.
 *
 * @param customers numbers 0 to this are asked for.
 */
export async function startTraffic(address: ProfileAddress, customers: number) {
  const random = seededRandom(7);
  const ask = { address, customers, random };
  const senders = [await Sender.open('lookups', ask), await Sender.open('writes', ask)] as const;
  const [lookups, writes] = senders;
  for (let request = 0; request < warmUp; request++) {
    for (const sender of senders) await sender.send();
  }
  const stop = new AbortController();
  const locks = await watchLockWaits();
  const requests = Promise.all([lookups.repeat(stop.signal), writes.repeat(stop.signal)]);
  return {
    stop: async (): Promise<Latencies> => {
      stop.abort();
      const [looked, written] = await requests;
      return { lookups: looked, writes: written, lockWait: await locks.stop() };
    },
  };
}

interface Ask {
  readonly address: ProfileAddress;
  readonly customers: number;
  readonly random: () => number;
}

class Sender {
  readonly #kind: RequestKind;
  readonly #ask: Ask;
  readonly #connection: Connection;

  private constructor(kind: RequestKind, ask: Ask, connection: Connection) {
    this.#kind = kind;
    this.#ask = ask;
    this.#connection = connection;
  }

  static async open(kind: RequestKind, ask: Ask): Promise<Sender> {
    return new Sender(kind, ask, await Connection.open(ask.address.port));
  }

  /** @returns milliseconds until it was answered. */
  async send(): Promise<number> {
    const started = performance.now();
    const request = profileRequest(this.#kind, this.#ask.address, this.#ask);
    const status = await this.#connection.send(request);
    if (!answers[this.#kind].some((answer) => answer === status)) {
      throw new Error(`${this.#kind} were answered with ${status}.`);
    }
    return performance.now() - started;
  }

  async repeat(signal: AbortSignal): Promise<Latency> {
    const milliseconds: number[] = [];
    while (!signal.aborted) {
      milliseconds.push(await this.send());
      await delay(pause);
    }
    this.#connection.close();
    return summarise(milliseconds);
  }
}

function summarise(milliseconds: readonly number[]): Latency {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { requests: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}
