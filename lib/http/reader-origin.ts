import { roleConfig } from '#lib/config/role-config.ts';

/**
 * Where the one who asks reaches the dashboard: below PUBLIC_URL, else by the name that was asked for. For what is shown
 * to the one who asks and to nobody else; what a program is to go to, with its token, is below `dashboardUrl`.
 */
export function readerOrigin(headers: Headers): string {
  const { publicUrl } = roleConfig();
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  return `http://${headers.get('host') ?? ''}`;
}
