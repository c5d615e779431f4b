import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { failToStart, freshEnvironment, startProduct, type Product } from './support/product.ts';
import { launcherPid } from './support/role-process.ts';
import { administrator } from './support/sign-in.ts';

async function listServices(product: Product): Promise<{ name: string }[]> {
  const response = await fetch(`${product.url}/experiment/v1/dcp_services`, {
    headers: { Token: administrator.ADMIN_TOKEN },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { name: string }[];
}

async function isGone(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}

test('starts, stops, and starts again on the same data', async () => {
  const first = await startProduct(administrator);
  const [web, edge] = await Promise.all([
    fetch(`${first.url}/api/health`),
    fetch(`${first.profileUrl}/api/health`),
  ]);
  expect([web.status, edge.status]).toEqual([200, 200]);
  const before = await listServices(first);
  await first.stop();
  expect(await isGone(first.url)).toBe(true);
  expect(await isGone(first.s3Url)).toBe(true);

  const second = await startProduct(first.environment);
  expect(await listServices(second)).toEqual(before);
  await second.stop();
  await second.remove();
});

test('a killed parent leaves nothing that stops the next start', async () => {
  const first = await startProduct(administrator);
  first.npm.kill('SIGKILL');
  await expect.poll(() => isGone(first.url), { timeout: 30_000 }).toBe(true);
  const second = await startProduct(first.environment);

  // The launcher itself, with PostgreSQL and the roles left as orphans.
  process.kill(await launcherPid(second.dataDir), 'SIGKILL');
  await once(second.npm, 'exit');
  const third = await startProduct(first.environment);
  expect(await listServices(third)).toHaveLength(1);
  await third.stop();
  await third.remove();
});

test('each thing in the way gives one clear sentence', async () => {
  const running = await startProduct(administrator);

  const again = await failToStart({ ...(await freshEnvironment()), DATA_DIR: running.dataDir });
  expect(again.code).not.toBe(0);
  expect(again.message).toMatch(
    /^OpenDCP cannot start\. OpenDCP is already running on the data directory .+\.$/,
  );

  const blocker = createServer().listen(await findFreePort(), '127.0.0.1');
  await once(blocker, 'listening');
  const address = blocker.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const taken = await failToStart({ ...(await freshEnvironment()), S3_PORT: String(port) });
  expect(taken.message).toBe(
    `OpenDCP cannot start. Port ${port} is taken by another program. Stop it, or set S3_PORT to a free port.`,
  );
  blocker.close();

  const unreachable = await failToStart({
    ...(await freshEnvironment()),
    DATABASE_URL: `postgresql://nobody:nothing@127.0.0.1:${await findFreePort()}/none`,
  });
  expect(unreachable.message).toMatch(
    /^OpenDCP cannot start\. The database at DATABASE_URL cannot be reached \(.*\)\./,
  );
  expect(unreachable.message).not.toContain('nothing');

  await running.stop();
  const wrongKey = await failToStart({
    ...running.environment,
    MASTER_KEY: 'not-the-key-of-this-installation',
  });
  expect(wrongKey.message.split('\n')).toHaveLength(1);
  expect(wrongKey.message).toContain('MASTER_KEY');
  await running.remove();
});
