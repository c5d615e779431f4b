import { roleConfig } from '#lib/config/role-config.ts';

/**
 * Base address of the S3 endpoint as clients type it: PUBLIC_S3_URL, else the host under which the
 * dashboard was reached, with the endpoint's own port.
 */
export function s3Endpoint(dashboardHost: string | null): string {
  const { publicS3Url, host, s3Port } = roleConfig();
  if (publicS3Url !== undefined) return publicS3Url.replace(/\/+$/, '');
  const reached = `http://${dashboardHost ?? host}`;
  const url = new URL(URL.canParse(reached) ? reached : `http://${host}`);
  return `http://${url.hostname}:${s3Port}`;
}

/** Key prefix of a table inside the bucket, without slashes at the ends. */
export function s3PathOf(table: { readonly id: number; readonly serviceId: number }): string {
  return `dcp/${table.serviceId}/${table.id}`;
}
