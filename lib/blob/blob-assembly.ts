/** A blob that is being put together of numbered parts. */
export interface OpenAssembly {
  /** Of the blob to come. */
  readonly name: string;
  /** The store's own id of it. */
  readonly assemblyId: string;
}

/** A part as its writer published it. */
export interface AssemblyPart {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** Bytes. */
  readonly size: number;
  /** What the store calls these very bytes; opaque to all others. */
  readonly receipt: string;
}

export interface PartsToAssemble {
  /** In the order of their numbers. */
  readonly listed: readonly AssemblyPart[];
  /** Parts that were written and are not wanted: the store may forget them, or keep their bytes between the others. */
  readonly others: readonly AssemblyPart[];
}

export type AssemblyOutcome =
  /** Where in the blob each listed part begins. */
  | { readonly kind: 'complete'; readonly offsets: readonly number[] }
  /** A part is no longer the one of its receipt; nothing was changed. */
  | { readonly kind: 'refused' }
  /** The store has forgotten the assembly. */
  | { readonly kind: 'gone' };

/** Takes a part, as a `BlobWriter` takes a blob. */
export interface PartWriter {
  write(chunk: Buffer): Promise<void>;
  /** Resolves when the part survives a power loss. */
  publish(): Promise<Pick<OpenAssembly, 'name'> & Omit<AssemblyPart, 'partNumber'>>;
  discard(): Promise<void>;
}

/**
 * Blobs put together of numbered parts that come in any order, over many requests and processes. A part that is
 * published replaces the one that had its number; one that is discarded leaves that one as it was.
 */
export interface BlobAssembly {
  begin(): Promise<OpenAssembly>;

  /** The most that a part can have. Bytes. */
  readonly mostPartBytes: number;

  /** @param options.size what the part will have, which is known before its bytes come */
  writePart(options: {
    readonly assembly: OpenAssembly;
    readonly partNumber: number;
    readonly size: number;
  }): PartWriter;

  /** Makes the listed parts a blob. May be asked again with the same list. */
  complete(assembly: OpenAssembly, parts: PartsToAssemble): Promise<AssemblyOutcome>;

  /** Forgets the parts; harmless when there are none, or when the blob is complete. */
  abort(assembly: OpenAssembly): Promise<void>;
}

/** The store has forgotten the assembly, as buckets do with open uploads when they are told to tidy up. */
export class AssemblyGoneError extends Error {
  constructor({ name }: OpenAssembly, cause?: unknown) {
    super(`The parts of blob ${name} are gone.`, { cause });
    this.name = 'AssemblyGoneError';
  }
}
