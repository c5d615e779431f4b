import type { ProfileAddress } from '../bench-edge.ts';
import { customerIdOf } from '../data.ts';

export type RequestKind = 'lookups' | 'writes';

/** A request of the profile API for a random customer, as it goes over the wire. */
export function profileRequest(
  kind: RequestKind,
  { path, token }: ProfileAddress,
  { customers, random }: { readonly customers: number; readonly random: () => number },
): string {
  const id = customerIdOf(Math.floor(random() * customers));
  const head = `${path}${id} HTTP/1.1\r\nHost: bench\r\nToken: ${token}\r\n`;
  if (kind === 'lookups') return `GET ${head}\r\n`;
  const orders = Math.floor(random() * 1e6);
  const body = `{"data":{"orders":${orders},"revenue":${orders / 8}}}`;
  return `POST ${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
