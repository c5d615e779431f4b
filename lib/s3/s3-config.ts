export interface S3Config {
  /** The one bucket. */
  readonly bucket: string;
  /** Told to clients that ask; requests signed for any region are accepted. */
  readonly region: string;
  /** Origins of the dashboard, whose pages may call from a browser: `https://dcp.example.com`. */
  readonly allowedOrigins?: readonly string[];
  /** Pages on this port of the host that a request names may call as well: the dashboard beside the endpoint. */
  readonly siblingPort?: number;
  /** Hosts that clients sign although a proxy in front rewrites the Host header: `s3.example.com`. */
  readonly publicHosts?: readonly string[];
  /** Domains below which the bucket is a host name: `s3.example.com` for `<bucket>.s3.example.com`. */
  readonly virtualHostDomains?: readonly string[];
  /** Bytes of one object. Default 10 GiB. */
  readonly maxObjectBytes?: number;
  /** A connection is cut after this long without a byte while its request or answer is under way. Default two minutes. */
  readonly idleTimeoutMs?: number;
  /** So is one whose body comes slower than this, on average over that time. Default 128. */
  readonly minBytesPerSecond?: number;
  /** Requests of one access key at the same time; more are told to slow down. Default 256. */
  readonly maxRequestsPerKey?: number;
  /** PEM; set to listen with TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** `S3Config` with every default in place. */
export type S3Settings = Required<Omit<S3Config, 'tls' | 'siblingPort'>> &
  Pick<S3Config, 'siblingPort'>;

export function applyDefaults(config: S3Config): S3Settings {
  return {
    bucket: config.bucket,
    region: config.region,
    allowedOrigins: config.allowedOrigins ?? [],
    ...(config.siblingPort === undefined ? {} : { siblingPort: config.siblingPort }),
    publicHosts: config.publicHosts ?? [],
    virtualHostDomains: config.virtualHostDomains ?? [],
    maxObjectBytes: config.maxObjectBytes ?? 10 * 1024 ** 3,
    idleTimeoutMs: config.idleTimeoutMs ?? 120_000,
    minBytesPerSecond: config.minBytesPerSecond ?? 128,
    maxRequestsPerKey: config.maxRequestsPerKey ?? 256,
  };
}
