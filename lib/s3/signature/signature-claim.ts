import type { CredentialScope } from './signing-key.ts';

/** What a request says about its signature, taken apart but not yet believed. */
export interface SignatureClaim {
  readonly kind: 'header' | 'presigned';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Lower case. */
  readonly signedHeaders: readonly string[];
  /** 64 hex digits. */
  readonly signature: string;
  /** `yyyymmddThhmmssZ`. */
  readonly dateTime: string;
  readonly signedAt: Date;
  /** Of presigned requests only. */
  readonly expiresSeconds: number | null;
  /** Value of `x-amz-content-sha256`, or what stands for it. */
  readonly payloadHash: string;
}
