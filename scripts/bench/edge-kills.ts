import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The edge killed 20 times while AWS CLI uploads with retries, to the disk and to a bucket: the test of that name, longer than `npm test` has it. */
export async function run(): Promise<void> {
  const vitest = 'node_modules/vitest/vitest.mjs';
  const env = { ...process.env, KILLS: '20' };
  const args = [vitest, 'run', 'lib/edge/kills.test.ts'];
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
  await once(child, 'exit');
  process.exitCode = child.exitCode ?? 1;
}
