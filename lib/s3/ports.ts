import type { OpenAssembly } from '#lib/blob/blob-assembly.ts';
import type { BlobRef } from '#lib/blob/blob-store.ts';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from './payload/checksum.ts';

/** An access key. It belongs to one table and reaches only the keys below `prefix`. */
export interface Credential {
  readonly id: number;
  readonly accessKeyId: string;
  readonly secret: string;
  readonly tableId: number;
  /** `dcp/<service id>/<table id>/`, with the slash at its end. */
  readonly prefix: string;
  /** False once revoked or expired: then it is answered like a key that never existed. */
  readonly active: boolean;
  /** `browser` signs the dashboard's own uploads. */
  readonly kind: 'table' | 'browser';
}

export interface CredentialSource {
  /**
   * Asked by each request when it begins, and again behind a body that is read before anything is done, so that a revocation
   * takes effect at once. `ObjectIndex` asks for itself when bytes have arrived.
   */
  find(accessKeyId: string): Promise<Credential | null>;
  /** Notes that the credential was used now. Called at most once a minute for each. */
  touch(credentialId: number): Promise<void>;
}

/** What a client says about an object besides its bytes. */
export interface ObjectDescription {
  readonly contentType: string | null;
  /** Without `aws-chunked`, which is framing and not part of the object. */
  readonly contentEncoding: string | null;
  /** `x-amz-meta-*` headers: lower-case names without that start. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a listing tells of an object. */
export interface ObjectSummary {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes: hex MD5, or hex MD5 of the parts' MD5s, `-` and their number. */
  readonly etag: string;
  readonly checksum: Checksum | null;
  readonly modifiedAt: Date;
}

/** The version of an object that clients see. */
export interface ObjectRecord extends ObjectSummary, ObjectDescription {
  /** The bytes, in order; their sizes add up to `size`. */
  readonly parts: readonly BlobRef[];
}

/** Conditions under which an object may be written, judged inside the publishing transaction. */
export interface WriteConditions {
  /** `If-None-Match: *`: only where the key has no object. */
  readonly onlyIfAbsent?: true;
  /** `If-Match`: only over the object with this ETag (without quotes), or over any where it is `*`. */
  readonly onlyOverEtag?: string;
}

export interface PublishRequest extends ObjectDescription {
  readonly key: string;
  readonly credential: Credential;
  readonly parts: readonly BlobRef[];
  readonly size: number;
  readonly etag: string;
  readonly checksum: Checksum | null;
  readonly conditions: WriteConditions;
  /** What the client calls this request, the same when it sends it again; null when it does not say. */
  readonly clientRequest: string | null;
}

export type PublishResult =
  | { readonly kind: 'published'; readonly object: ObjectRecord }
  /** The client had sent this before and did not see the answer: the object is there, with other blobs. */
  | { readonly kind: 'repeated'; readonly object: ObjectRecord }
  /** The key has an object, or one with another ETag. */
  | { readonly kind: 'precondition-failed' }
  /** `onlyOverEtag` on a key without an object. */
  | { readonly kind: 'no-such-key' }
  /** The credential was revoked or expired since the request began. */
  | { readonly kind: 'key-ended' };

/** A page of keys in the order of their UTF-8 bytes (`COLLATE "C"`), which S3 clients rely on. */
export interface ListQuery {
  readonly prefix: string;
  /** Only keys strictly behind this one; `''` for all. */
  readonly after: string;
  readonly limit: number;
}

/** What the endpoint needs to know about objects. `lib/services` keeps it in the control plane. */
export interface ObjectIndex {
  /**
   * Makes the blobs the object of a key. One transaction replaces the version that clients see and, where
   * `isIngestible(key)`, queues the table's next upload. The replaced version's blobs stay with that version. A request
   * that made the current version already, with the same bytes, changes nothing.
   */
  publish(request: PublishRequest): Promise<PublishResult>;
  get(key: string): Promise<ObjectRecord | null>;
  list(query: ListQuery): Promise<readonly ObjectSummary[]>;
  /**
   * Replaces what is said about the object of a key, and when it was modified. Its bytes stay, so that no upload is
   * queued. Null when the key has no object with this ETag any more.
   */
  describe(options: {
    readonly key: string;
    readonly etag: string;
    readonly description: ObjectDescription;
  }): Promise<ObjectRecord | null>;
  /** Takes the object from clients' sight; no error when there is none. An upload of it goes on. */
  remove(key: string): Promise<void>;
  readonly multipart: MultipartIndex;
}

export interface MultipartUpload extends ObjectDescription {
  readonly uploadId: string;
  readonly key: string;
  readonly tableId: number;
  readonly checksumAlgorithm: ChecksumAlgorithm | null;
  readonly checksumType: ChecksumType | null;
  readonly createdAt: Date;
  /** Bytes of all parts received so far. */
  readonly receivedBytes: number;
  /** Where the blob store puts the parts together; null where each is a blob of its own. */
  readonly assembly: OpenAssembly | null;
  /** Its list of parts is settled, and the blob store may have put them together. */
  readonly isCompleting: boolean;
  /** The object that it became, so that a repeated Complete can be answered. */
  readonly completed: ObjectRecord | null;
}

export interface MultipartPart {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** With a receipt, a part of the upload's assembly; without, a blob of its own. */
  readonly blob: BlobRef & { readonly receipt?: string };
  /** Hex MD5 without quotes. */
  readonly etag: string;
  /** Base64, of the upload's algorithm; null when the upload names none. */
  readonly checksum: string | null;
  readonly modifiedAt: Date;
}

export interface CreateMultipartRequest extends ObjectDescription {
  readonly key: string;
  readonly credential: Credential;
  readonly checksumAlgorithm: ChecksumAlgorithm | null;
  readonly checksumType: ChecksumType | null;
  readonly assembly: OpenAssembly | null;
}

export type PutPartResult =
  /** `replaced` is the blob of its own that the part number had before; the caller removes it. */
  | { readonly kind: 'stored'; readonly replaced: string | null }
  | { readonly kind: 'completing' }
  /** Unknown, aborted, or completed meanwhile. */
  | { readonly kind: 'no-such-upload' }
  /** The credential was revoked or expired since the request began. */
  | { readonly kind: 'key-ended' };

export interface CompleteMultipartRequest {
  readonly uploadId: string;
  /** The parts that the object consists of, in order. */
  readonly parts: readonly MultipartPart[];
  readonly object: PublishRequest;
}

export type SettleResult =
  | { readonly kind: 'settled' }
  /** Another list was settled before, which may be what the blob is made of by now. */
  | { readonly kind: 'completing' }
  | { readonly kind: 'no-such-upload' }
  | { readonly kind: 'parts-changed' };

export type CompleteMultipartResult =
  | PublishResult
  | { readonly kind: 'no-such-upload' }
  /** A listed part holds another blob by now: it was uploaded again meanwhile. Nothing was changed. */
  | { readonly kind: 'parts-changed' };

export interface MultipartIndex {
  /** Gives the upload's id, a UUID. */
  create(request: CreateMultipartRequest): Promise<string>;
  /** Also uploads that are completed; aborted ones are gone. */
  get(uploadId: string): Promise<MultipartUpload | null>;
  /** Serialised with `complete` and `abort` of the same upload, by a lock on its row. */
  putPart(options: {
    readonly uploadId: string;
    readonly credential: Credential;
    readonly part: Omit<MultipartPart, 'modifiedAt'>;
  }): Promise<PutPartResult>;
  /** Parts with a greater number than `after`, ascending. */
  listParts(options: {
    readonly uploadId: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly MultipartPart[]>;
  /**
   * Settles of which parts an object will be made, before the blob store puts them together: from then on no part is
   * taken and no other list is accepted, so that a Complete that was cut off can only be repeated.
   *
   * @param options.etag of the object, which stands for the list
   */
  settle(options: {
    readonly uploadId: string;
    readonly parts: readonly MultipartPart[];
    readonly etag: string;
  }): Promise<SettleResult>;
  /** Takes a settled list back, after the blob store has refused it. */
  unsettle(options: { readonly uploadId: string; readonly etag: string }): Promise<void>;
  /**
   * Publishes the object and closes the upload in one transaction, after making sure under the upload's lock that
   * every listed part still holds the blob given here.
   */
  complete(request: CompleteMultipartRequest): Promise<CompleteMultipartResult>;
  /** Forgets an open upload and gives the names of its blobs, which the caller removes; null when there is none. */
  abort(uploadId: string): Promise<readonly string[] | null>;
  /** Open uploads ordered by key bytes, then id; those strictly behind (`afterKey`, `afterUploadId`). */
  list(options: {
    readonly prefix: string;
    readonly afterKey: string;
    readonly afterUploadId: string;
    readonly limit: number;
  }): Promise<readonly MultipartUpload[]>;
}
