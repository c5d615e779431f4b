import type { RoleConfig } from '#lib/config/role-config.ts';

interface PolicyOptions {
  readonly nonce: string;
  /** Host header of the request, which tells how the browser reaches this machine. */
  readonly host: string;
  readonly config: RoleConfig;
  readonly isDevelopment: boolean;
}

/** Scripts run only with this answer's nonce; the browser talks only to us and the S3 endpoint. */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, isDevelopment } = options;
  const scripts = [`'self'`, `'nonce-${nonce}'`, `'strict-dynamic'`];
  if (isDevelopment) scripts.push(`'unsafe-eval'`);
  return [
    `default-src 'self'`,
    `script-src ${scripts.join(' ')}`,
    // Style attributes come from positioned pop-ups.
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self' ${s3Origin(options)}${isDevelopment ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

function s3Origin({ config, host }: PolicyOptions): string {
  if (config.publicS3Url) return new URL(config.publicS3Url).origin;
  const { hostname } = new URL(`http://${host}`);
  return `${config.s3Tls ? 'https' : 'http'}://${hostname}:${config.s3Port}`;
}
