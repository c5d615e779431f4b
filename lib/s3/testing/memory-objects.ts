import type {
  ListQuery,
  ObjectIndex,
  ObjectRecord,
  ObjectSummary,
  PublishRequest,
  PublishResult,
} from '../ports.ts';
import { compareBytes } from './compare-bytes.ts';
import { MemoryMultipart } from './memory-multipart.ts';

/** An object index kept in memory, for tests and benches of the protocol alone. */
export class MemoryObjects implements ObjectIndex {
  /** Every publication, in order. */
  readonly published: ObjectRecord[] = [];
  readonly multipart = new MemoryMultipart((request) => this.#publish(request));
  readonly #current = new Map<string, ObjectRecord>();
  /** The request that made the current version of a key. */
  readonly #requests = new Map<string, string | null>();

  publish(request: PublishRequest): Promise<PublishResult> {
    return Promise.resolve(this.#publish(request));
  }

  get(key: string): Promise<ObjectRecord | null> {
    return Promise.resolve(this.#current.get(key) ?? null);
  }

  list({ prefix, after, limit }: ListQuery): Promise<readonly ObjectSummary[]> {
    const found = [...this.#current.values()]
      .filter(({ key }) => key.startsWith(prefix) && compareBytes(key, after) > 0)
      .sort((a, b) => compareBytes(a.key, b.key));
    return Promise.resolve(found.slice(0, limit));
  }

  describe({
    key,
    etag,
    description,
  }: Parameters<ObjectIndex['describe']>[0]): Promise<ObjectRecord | null> {
    const current = this.#current.get(key);
    if (current?.etag !== etag) return Promise.resolve(null);
    const { contentType, contentEncoding, metadata } = description;
    const record = { ...current, contentType, contentEncoding, metadata, modifiedAt: new Date() };
    this.#current.set(key, record);
    return Promise.resolve(record);
  }

  remove(key: string): Promise<void> {
    this.#current.delete(key);
    return Promise.resolve();
  }

  #publish(request: PublishRequest): PublishResult {
    const { credential, conditions, clientRequest, ...object } = request;
    if (!object.key.startsWith(credential.prefix)) throw new Error('published outside its prefix');
    const current = this.#current.get(object.key);
    const isRepeated = clientRequest !== null && this.#requests.get(object.key) === clientRequest;
    if (isRepeated && current?.etag === object.etag) return { kind: 'repeated', object: current };
    const { onlyIfAbsent, onlyOverEtag } = conditions;
    if (onlyIfAbsent && current) return { kind: 'precondition-failed' };
    if (onlyOverEtag !== undefined && !current) return { kind: 'no-such-key' };
    if (onlyOverEtag !== undefined && onlyOverEtag !== '*' && onlyOverEtag !== current?.etag) {
      return { kind: 'precondition-failed' };
    }
    const record = { ...object, modifiedAt: new Date() };
    this.#current.set(object.key, record);
    this.#requests.set(object.key, clientRequest);
    this.published.push(record);
    return { kind: 'published', object: record };
  }
}
