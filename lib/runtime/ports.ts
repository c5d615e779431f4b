import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#lib/config/config.ts';

/** What a killed instance left behind lets go of its ports within moments. */
const patience = 3_000;

/** Throws one sentence that names the first port that somebody else listens on. */
export async function requireFreePorts(config: Config): Promise<void> {
  const wanted = [
    ...(config.roles.includes('web') ? [{ name: 'PORT', port: config.port }] : []),
    ...(config.roles.includes('edge')
      ? [
          { name: 'PROFILE_PORT', port: config.profilePort },
          { name: 'S3_PORT', port: config.s3Port },
        ]
      : []),
  ];
  for (const { name, port } of wanted) await requireFree(config.host, port, name);
}

async function requireFree(host: string, port: number, name: string): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const code = await tryListen(host, port);
    if (code === null) return;
    if (code === 'EADDRINUSE' && Date.now() < end) {
      await delay(100);
      continue;
    }
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program. Stop it, or set ${name} to a free port.`
        : `Port ${port} on ${host} cannot be opened (${code}). Check HOST and ${name}.`,
    );
  }
}

async function tryListen(host: string, port: number): Promise<string | null> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
