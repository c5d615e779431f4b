import { errors } from '../core/errors.ts';
import { ownOrigins } from '../services/auth/own-origins.ts';

/**
 * Refuses a write that another site's page sent with this browser's cookies.
 * Browsers name the origin on every write; programs that carry no session need none.
 */
export function requireOwnOrigin(
  headers: Headers,
  options: { readonly publicUrl: string | undefined; readonly mayBeMissing: boolean },
): void {
  const origin = headers.get('origin');
  if (origin === null && options.mayBeMissing) return;
  if (origin !== null && ownOrigins(headers, options.publicUrl).includes(origin)) return;
  const hint = options.publicUrl ? ` Use ${new URL(options.publicUrl).origin}.` : '';
  throw errors.forbidden(`This request did not come from this dashboard's own address.${hint}`);
}
