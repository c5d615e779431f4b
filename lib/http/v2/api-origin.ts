import { roleConfig } from '#lib/config/role-config.ts';

/** Where programs reach this API, as far as the request tells. */
export function apiOrigin(request: Request): string {
  const { publicUrl } = roleConfig();
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  const host = request.headers.get('host');
  return host === null ? new URL(request.url).origin : `http://${host}`;
}
