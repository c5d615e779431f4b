import { randomUUID } from 'node:crypto';
import type {
  CompleteMultipartRequest,
  CompleteMultipartResult,
  CreateMultipartRequest,
  MultipartIndex,
  MultipartPart,
  MultipartUpload,
  ObjectRecord,
  PublishRequest,
  PublishResult,
  PutPartResult,
  SettleResult,
} from '../ports.ts';
import { compareBytes } from './compare-bytes.ts';

interface Entry {
  readonly upload: Omit<MultipartUpload, 'receivedBytes' | 'completed' | 'isCompleting'>;
  readonly parts: Map<number, MultipartPart>;
  settled: string | null;
  completed: ObjectRecord | null;
}

/** Uploads in parts kept in memory. */
export class MemoryMultipart implements MultipartIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #publish: (request: PublishRequest) => PublishResult;

  constructor(publish: (request: PublishRequest) => PublishResult) {
    this.#publish = publish;
  }

  create({ credential, ...rest }: CreateMultipartRequest): Promise<string> {
    const uploadId = randomUUID();
    const { tableId } = credential;
    const upload = { ...rest, uploadId, tableId, createdAt: new Date() };
    this.#entries.set(uploadId, { upload, parts: new Map(), settled: null, completed: null });
    return Promise.resolve(uploadId);
  }

  get(uploadId: string): Promise<MultipartUpload | null> {
    const entry = this.#entries.get(uploadId);
    return Promise.resolve(entry ? view(entry) : null);
  }

  putPart({
    uploadId,
    part,
  }: {
    readonly uploadId: string;
    readonly part: Omit<MultipartPart, 'modifiedAt'>;
  }): Promise<PutPartResult> {
    const entry = this.#entries.get(uploadId);
    if (!entry || entry.completed) return Promise.resolve({ kind: 'no-such-upload' });
    if (entry.settled !== null) return Promise.resolve({ kind: 'completing' });
    const before = entry.parts.get(part.partNumber)?.blob;
    const replaced = before && before.receipt === undefined ? before.name : null;
    entry.parts.set(part.partNumber, { ...part, modifiedAt: new Date() });
    return Promise.resolve({ kind: 'stored', replaced });
  }

  listParts(options: {
    readonly uploadId: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly MultipartPart[]> {
    const parts = [...(this.#entries.get(options.uploadId)?.parts.values() ?? [])]
      .filter((part) => part.partNumber > options.after)
      .sort((a, b) => a.partNumber - b.partNumber);
    return Promise.resolve(parts.slice(0, options.limit));
  }

  settle(options: { readonly uploadId: string; readonly etag: string }): Promise<SettleResult> {
    const entry = this.#entries.get(options.uploadId);
    if (!entry) return Promise.resolve({ kind: 'no-such-upload' });
    entry.settled ??= options.etag;
    return Promise.resolve({ kind: entry.settled === options.etag ? 'settled' : 'completing' });
  }

  unsettle({ uploadId }: { readonly uploadId: string }): Promise<void> {
    const entry = this.#entries.get(uploadId);
    if (entry) entry.settled = null;
    return Promise.resolve();
  }

  complete(request: CompleteMultipartRequest): Promise<CompleteMultipartResult> {
    const entry = this.#entries.get(request.uploadId);
    if (!entry || entry.completed) return Promise.resolve({ kind: 'no-such-upload' });
    const isSame = request.parts.every(
      (part) => entry.parts.get(part.partNumber)?.blob.name === part.blob.name,
    );
    if (!isSame) return Promise.resolve({ kind: 'parts-changed' });
    const result = this.#publish(request.object);
    if (result.kind === 'published') entry.completed = result.object;
    return Promise.resolve(result);
  }

  abort(uploadId: string): Promise<readonly string[] | null> {
    const entry = this.#entries.get(uploadId);
    if (!entry || entry.completed) return Promise.resolve(null);
    this.#entries.delete(uploadId);
    const own = [...entry.parts.values()].filter(({ blob }) => blob.receipt === undefined);
    return Promise.resolve(own.map((part) => part.blob.name));
  }

  list(options: {
    readonly prefix: string;
    readonly afterKey: string;
    readonly afterUploadId: string;
    readonly limit: number;
  }): Promise<readonly MultipartUpload[]> {
    const { prefix, afterKey, afterUploadId, limit } = options;
    const uploads = [...this.#entries.values()]
      .filter((entry) => !entry.completed && entry.upload.key.startsWith(prefix))
      .map(view)
      .filter((upload) => {
        const order = compareBytes(upload.key, afterKey);
        return order > 0 || (order === 0 && upload.uploadId > afterUploadId);
      })
      .sort((a, b) => compareBytes(a.key, b.key) || compareBytes(a.uploadId, b.uploadId));
    return Promise.resolve(uploads.slice(0, limit));
  }
}

function view(entry: Entry): MultipartUpload {
  const parts = [...entry.parts.values()];
  const receivedBytes = parts.reduce((total, part) => total + part.blob.size, 0);
  const { upload, completed, settled } = entry;
  return { ...upload, receivedBytes, completed, isCompleting: settled !== null };
}
