import { roleConfig } from '#lib/config/role-config.ts';

/** An address of the dashboard for people elsewhere: below PUBLIC_URL, else where the dashboard listens. @param path with its slash */
export function dashboardUrl(path: string): string {
  const { publicUrl, host, port } = roleConfig();
  if (publicUrl !== undefined) return `${publicUrl.replace(/\/+$/, '')}${path}`;
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}${path}`;
}
