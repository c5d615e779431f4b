import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const patience = 60_000;

/** Stops a server that outlived its launcher (`kill -9` leaves it running on this cluster). */
export async function stopOrphan(directory: string): Promise<void> {
  const pid = await readPostmasterPid(directory);
  if (pid === null || !(await isPostgres(pid))) return;
  process.kill(pid, 'SIGINT');
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (!isAlive(pid)) return;
    await delay(50);
  }
  process.kill(pid, 'SIGQUIT');
  while (isAlive(pid)) await delay(50);
}

async function readPostmasterPid(directory: string): Promise<number | null> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** After a reboot the pid may be somebody else's. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null || command.includes('postgres');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
