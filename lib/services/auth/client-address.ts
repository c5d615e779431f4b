import { isIP } from 'node:net';

/** Set by our own server on every request, whatever the client sent under this name. */
export const clientAddressHeader = 'x-opendcp-client';

/**
 * The address that rate limits count by. A reverse proxy on this machine is believed about the
 * client it names last, the one it saw itself; from anywhere else `x-forwarded-for` is hearsay.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const address = withoutMapping(peer ?? '');
  if (!isLoopback(address)) return address;
  const last = withoutMapping(forwardedFor?.split(',').at(-1)?.trim() ?? '');
  return isIP(last) ? last : address;
}

function withoutMapping(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
