import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Where clouds keep the secrets of their machines. Whoever names the address of a bucket or a webhook must not be able to
 * have this server ask there; other addresses of the own network are where many keep theirs.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16);
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
forbidden.addAddress('fd20:ce::254', 'ipv6');
forbidden.addAddress('100.100.100.200');
forbidden.addAddress('168.63.129.16');
// 169.254.0.0/16 as networks without IPv4 write it.
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

export class ForbiddenAddressError extends Error {
  constructor(host: string) {
    super(`${host} is an address that this server does not ask.`);
    this.name = 'ForbiddenAddressError';
  }
}

function isForbiddenAddress(address: string): boolean {
  return forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether a URL names a forbidden address by its number; names are judged when they are looked up. */
export function hasForbiddenHost(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && isForbiddenAddress(host);
}

/** Judges what a name stands for at the moment of the connection, so that it cannot change in between. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    // There are no addresses then, whatever the types say.
    if (error) {
      callback(error, '', 0);
      return;
    }
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => isForbiddenAddress(address))) {
      callback(new ForbiddenAddressError(hostname), '', 0);
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Agents that do not connect to where they must not. */
export function createGuardedAgents() {
  return {
    httpAgent: new http.Agent({ lookup: guardedLookup }),
    httpsAgent: new https.Agent({ lookup: guardedLookup }),
  };
}
