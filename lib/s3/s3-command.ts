import type { Readable } from 'node:stream';
import type { BlobStore, BlobWriter } from '#lib/blob/blob-store.ts';
import type { ChecksumAlgorithm } from './payload/checksum.ts';
import type { ReceivedObject } from './payload/receive-object.ts';
import type { Credential, ObjectIndex } from './ports.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { QueryParameters } from './request-target.ts';
import type { S3Settings } from './s3-config.ts';

/** A request that is authenticated, routed, and confined to what its credential may reach. */
export interface S3Context {
  readonly requestId: string;
  readonly credential: Credential;
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
  readonly bucket: string;
  /** `''` where the command is about the bucket or the service. */
  readonly key: string;
  /** The body of a command that takes a document. */
  readonly document: string;
  readonly settings: S3Settings;
  readonly objects: ObjectIndex;
  readonly blobs: BlobStore;
  /** Streams the body of a command that takes an object into a blob, a new one unless told otherwise, fully verified. */
  receive(options: {
    readonly maxBytes: number;
    readonly algorithm?: ChecksumAlgorithm | null;
    readonly createWriter?: (expectedBytes: number | null) => Promise<BlobWriter>;
  }): Promise<ReceivedObject>;
  /** Removes blobs that nothing refers to; a failure is logged and left to the sweep. */
  discard(names: readonly string[]): Promise<void>;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is XML. */
  readonly body?: string | Readable;
}

export interface S3Command {
  /** As in Amazon's API. */
  readonly name: string;
  /** What the body is. `document` is XML that is read before `run`. */
  readonly body: 'none' | 'document' | 'object';
  /** Checksum headers speak of the object to come, not of the body. */
  readonly checksumDescribesObject?: true;
  run(context: S3Context): Promise<S3Response>;
}

/** An answer with an XML body. */
export function xmlResponse(xml: string): S3Response {
  return { status: 200, body: xml };
}
