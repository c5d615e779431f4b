import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** For people: "The S3 endpoint". */
  readonly name: string;
  /** Variable that sets the port. */
  readonly variable: string;
}

/**
 * Opens a listener.
 *
 * @returns the port, which the system chose when 0 was asked for.
 * @throws {Error} one sentence for the operator
 */
export async function listen(server: Server, options: ListenOptions): Promise<number> {
  server.listen(options.port, options.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(explain(error, options), { cause: error });
  }
  // A server on a host and a port has this form of address.
  const { port } = server.address() as AddressInfo;
  return port;
}

function explain(error: unknown, { host, port, name, variable }: ListenOptions): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'EADDRINUSE') {
    return `${name} cannot listen: port ${port} is taken by another program. Stop it, or set ${variable} to a free port.`;
  }
  return `${name} cannot listen on ${host}, port ${port} (${code}). Check HOST and ${variable}.`;
}
