import type { Config } from '#lib/config/config.ts';

/** What a person types to reach a listener; an address that means "everywhere" is shown as localhost. */
function listenerUrl(config: Config, port: number, scheme = 'http'): string {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The lines printed once everything is up. */
export function describeAddresses(config: Config, setupSecret: string | null): string {
  const dashboard = config.publicUrl ?? listenerUrl(config, config.port);
  const s3 = listenerUrl(config, config.s3Port, config.s3Tls ? 'https' : 'http');
  const lines = [
    ['Dashboard', dashboard, 'web'],
    ['Profile API', listenerUrl(config, config.profilePort), 'edge'],
    ['S3 endpoint', config.publicS3Url ?? s3, 'edge'],
  ] as const;
  const shown = lines
    .filter(([, , role]) => config.roles.includes(role))
    .map(([name, url]) => `  ${name.padEnd(12)} ${url}`);
  const setup =
    setupSecret === null
      ? []
      : [
          '',
          'Create the administrator with this one-time link:',
          `  ${dashboard}/setup?secret=${setupSecret}`,
        ];
  return ['', 'OpenDCP is ready.', ...shown, ...setup, ''].join('\n');
}
