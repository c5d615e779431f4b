import type { RequestHeaders } from './request-headers.ts';
import type { RequestTarget } from './request-target.ts';

/** What a request is about: the service, a bucket, or an object. */
export interface Resource {
  readonly kind: 'service' | 'bucket' | 'object';
  readonly bucket: string;
  readonly key: string;
}

/**
 * Finds bucket and key, in the path (`/bucket/key`) or, below a configured domain, in the host name and the path
 * (`bucket.s3.example.com/key`). A slash behind the bucket does not make an object.
 */
export function parseResource(options: {
  readonly target: RequestTarget;
  readonly headers: RequestHeaders;
  readonly virtualHostDomains: readonly string[];
}): Resource {
  const { target, headers, virtualHostDomains } = options;
  const path = target.path.slice(1);
  const hostBucket = bucketOfHost(headers.get('host') ?? '', virtualHostDomains);
  if (hostBucket !== null) return resource(hostBucket, path);
  const slash = path.indexOf('/');
  return slash < 0 ? resource(path, '') : resource(path.slice(0, slash), path.slice(slash + 1));
}

function resource(bucket: string, key: string): Resource {
  if (key !== '') return { kind: 'object', bucket, key };
  return { kind: bucket === '' ? 'service' : 'bucket', bucket, key };
}

function bucketOfHost(host: string, domains: readonly string[]): string | null {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const domain = domains.find((candidate) => name.endsWith(`.${candidate.toLowerCase()}`));
  return domain === undefined ? null : name.slice(0, -domain.length - 1);
}
