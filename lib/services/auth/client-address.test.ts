import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test.each([
  ['203.0.113.7', undefined, '203.0.113.7', 'a client on the network'],
  ['203.0.113.7', '198.51.100.1', '203.0.113.7', 'a client that makes up a forwarded address'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1', 'a proxy on this machine'],
  ['127.0.0.1', '10.9.9.9, 198.51.100.1', '198.51.100.1', 'what the client told the proxy'],
  ['::1', '2001:db8::7', '2001:db8::7', 'IPv6'],
  ['::ffff:127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1', 'IPv4 in IPv6'],
  ['127.0.0.1', 'unknown', '127.0.0.1', 'no address in the header'],
  ['127.0.0.1', undefined, '127.0.0.1', 'a client on this machine'],
  [undefined, undefined, '', 'a socket that is gone'],
])('%s, forwarded for %s: %s (%s)', (...[peer, forwardedFor, expected]) => {
  expect(clientAddress(peer, forwardedFor)).toBe(expected);
});
