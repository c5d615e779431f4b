import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { refuseUpgrades } from './refuse-upgrades.ts';

test('a connection that asks for another protocol ends, whoever else listens', async () => {
  const server = createServer();
  refuseUpgrades(server);
  // As Next does, for sockets that it then leaves alone.
  server.on('upgrade', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /nope HTTP/1.1\r\nHost: dcp.test\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
  await once(socket, 'close');
  expect(socket.bytesRead).toBe(0);
  server.close();
});
