import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { mostUploadsAtOnce } from '#lib/config/config.ts';
import { serverSettings } from '#lib/db/embedded/settings.ts';
import { poolSizes } from '#lib/db/pool.ts';
import { connectionsOf } from './connections.ts';

test('the embedded server has connections for every role and as many uploads as may be set', async () => {
  const ofProcess = Object.values(poolSizes).reduce((sum: number, size) => sum + size, 0);
  // Web, edge and worker; the launcher needs a few, and PostgreSQL keeps three for its administrator.
  const wanted = 3 * ofProcess + connectionsOf(mostUploadsAtOnce) + 10;
  expect(wanted).toBeLessThanOrEqual(Number((await serverSettings(tmpdir()))['max_connections']));
  // What docs/guides/postgresql.md says.
  expect([ofProcess, connectionsOf(0), connectionsOf(1) - connectionsOf(0)]).toEqual([42, 11, 6]);
});
