/** Where a client is pointed, and with what. */
export interface MatrixTarget {
  readonly endpoint: string;
  /** `host:port`. */
  readonly host: string;
  /** PEM file with the endpoint's certificate; null over plain HTTP. */
  readonly certificate: string | null;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: string;
  /** A folder of the client's own. */
  readonly home: string;
}

/** What every client in the matrix has to be able to do. Files are paths on this machine. */
export interface MatrixClient {
  put(key: string, file: string): Promise<unknown>;
  get(key: string, file: string): Promise<unknown>;
  /** Keys below a prefix. */
  list(prefix: string): Promise<readonly string[]>;
  /** Bytes, by HEAD or what comes closest. */
  size(key: string): Promise<number>;
  remove(key: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface MatrixEntry {
  readonly name: string;
  /** Null when the client is not on this machine. */
  readonly version: string | null;
  /** The client is known to write keys beyond ASCII its own way; it is only asked to find them again. */
  readonly mangles?: true;
  /** Takes a second or so to start, for every step. */
  readonly startsSlowly?: true;
  open(target: MatrixTarget): Promise<MatrixClient>;
}
