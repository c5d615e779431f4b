import { roleConfig } from '#lib/config/role-config.ts';

/**
 * Base address of the S3 endpoint as clients type it: PUBLIC_S3_URL, else the host under which the
 * dashboard was reached, with the endpoint's own port.
 */
export function s3Endpoint(dashboardHost: string | null): string {
  const { publicS3Url, s3Port } = roleConfig();
  if (publicS3Url !== undefined) return publicS3Url.replace(/\/+$/, '');
  const reached = `http://${dashboardHost ?? ''}`;
  if (!URL.canParse(reached)) return s3Listener();
  return `${s3Scheme()}://${new URL(reached).hostname}:${s3Port}`;
}

/** As this server itself reaches it: never by a host name that a request brought along. */
export function ownS3Endpoint(): string {
  return roleConfig().publicS3Url?.replace(/\/+$/, '') ?? s3Listener();
}

function s3Listener(): string {
  const { host, s3Port } = roleConfig();
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `${s3Scheme()}://${name.includes(':') ? `[${name}]` : name}:${s3Port}`;
}

function s3Scheme(): string {
  return roleConfig().s3Tls ? 'https' : 'http';
}

/** Key prefix of a table inside the bucket, without slashes at the ends. */
export function s3PathOf(table: { readonly id: number; readonly serviceId: number }): string {
  return `dcp/${table.serviceId}/${table.id}`;
}
