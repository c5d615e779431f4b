import type { Config } from '#lib/config/config.ts';

/** What a person types to reach a listener; an address that means "everywhere" is shown as localhost. */
function listenerUrl(config: Config, port: number): string {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The lines printed once everything is up. */
export function describeAddresses(config: Config, setupSecret: string | null): string {
  const dashboard = config.publicUrl ?? listenerUrl(config, config.port);
  const lines = [
    ['Dashboard', dashboard, 'web'],
    ['Profile API', listenerUrl(config, config.profilePort), 'edge'],
    ['S3 endpoint', config.publicS3Url ?? listenerUrl(config, config.s3Port), 'edge'],
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
