import { getDb } from '#lib/db/client.ts';
import { getRowPool } from '#lib/db/pool.ts';
import { readFactsVersion } from '#lib/store/facts-version.ts';
import { findKnownAudiences, type KnownAudiences } from './known-audiences.ts';
import { findKnownTable, type KnownTable } from './known-table.ts';
import { findKnownToken, type KnownToken } from './known-token.ts';

/**
 * What this process remembers of tokens, tables and audiences, as of one version that the database counts. Each fact is read
 * when it is first asked for, so it is of that version or of a later one, and whoever then finds the version
 * unchanged knows that it holds (docs/decisions/070-profile-api-facts.md).
 */
export class Facts {
  readonly version: string;
  readonly #tokens = new Memory<string, KnownToken>((hash) => findKnownToken(getDb(), hash));
  readonly #tables = new Memory<number, KnownTable>((id) => findKnownTable(getDb(), id));

  readonly #audiences = new Memory<number, KnownAudiences>((serviceId) =>
    findKnownAudiences(getDb(), serviceId),
  );

  constructor(version: string) {
    this.version = version;
  }

  /** @param hash of the token; see `hashSecret`. */
  token(hash: string): Promise<KnownToken | null> {
    return this.#tokens.get(hash);
  }

  table(id: number): Promise<KnownTable | null> {
    return this.#tables.get(id);
  }

  /** Of a service that exists. */
  async audiences(serviceId: number): Promise<KnownAudiences> {
    const known = await this.#audiences.get(serviceId);
    if (!known) throw new Error(`Nothing was found for the service ${serviceId}.`);
    return known;
  }
}

/** Remembers what is there. What is not is looked for each time, so that nobody fills the memory with guesses. */
class Memory<Key, Value> {
  readonly #values = new Map<Key, Promise<Value | null>>();
  readonly #find: (key: Key) => Promise<Value | null>;

  constructor(find: (key: Key) => Promise<Value | null>) {
    this.#find = find;
  }

  get(key: Key): Promise<Value | null> {
    const known = this.#values.get(key);
    // One that is being looked for may have come into being since: only a find is shared.
    if (known) return known.then((found) => found ?? this.#find(key));
    const value = this.#find(key);
    this.#values.set(key, value);
    const forget = () => this.#values.delete(key);
    value.then((found) => found ?? forget(), forget);
    return value;
  }
}

let remembered: Facts | undefined;

/** What is remembered, however old; whoever acts on it checks the version with what it does. */
export function rememberedFacts(): Facts | null {
  return remembered ?? null;
}

/** The facts as they are now: remembered ones when the database says that nothing has changed. */
export async function currentFacts(): Promise<Facts> {
  const version = await readFactsVersion(getRowPool());
  if (remembered?.version !== version) remembered = new Facts(version);
  return remembered;
}
