import type { Server } from 'node:http';

/**
 * Ends connections that ask for another protocol. Next adds a listener by itself, which leaves the sockets of what it does not know
 * open for ever, out of reach of HTTP's time limits.
 */
export function refuseUpgrades(server: Server): void {
  server.on('upgrade', (_request, socket) => socket.destroy());
}
