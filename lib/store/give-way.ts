import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import type { Connection } from './pool.ts';

/** As `nice` counts: of two that want a processor, the other gets three quarters of it. */
const niceness = 5;

/**
 * Has the worker's sessions, and the worker, give way to those who wait for an answer, where they share processors: on a PostgreSQL
 * of the same machine. A load takes as long as before when nobody else is there.
 */
export async function giveWay(client: Connection): Promise<void> {
  const { rows } = await client.query<{ pid: number; port: number | null }>(
    'SELECT pg_backend_pid() AS pid, inet_client_port() AS port',
  );
  const [session] = rows;
  if (!session || !(await isOurSession(session))) return;
  lower(session.pid);
  lower(process.pid);
}

/** A number of a process on another machine may be anybody's here: PostgreSQL's process names the port that we come from. */
async function isOurSession({ pid, port }: { pid: number; port: number | null }): Promise<boolean> {
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return port !== null && title.startsWith('postgres:') && title.includes(`(${port})`);
}

function lower(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended, or belongs to somebody else.
  }
}
