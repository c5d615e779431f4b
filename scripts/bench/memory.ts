import { readFile } from 'node:fs/promises';

const mebibyte = 1024 * 1024;
const interval = 200;

/** Peak memory of a server's processes together, in MiB. */
export interface MemoryWatch {
  stop(): Promise<number | null>;
}

/** Highest resident memory that a process ever had, in MiB; `null` where the system does not tell. */
export async function peakMemory(pid: number): Promise<number | null> {
  const status = await readStatus(pid);
  const kibibytes = fieldOf(status, 'VmHWM');
  return kibibytes === null ? null : kibibytes / 1024;
}

/** Watches a process and its children: the private memory of each, and the shared memory once. */
export function watchMemory(pid: number): MemoryWatch {
  let peak = 0;
  let isBusy = false;
  const sample = async () => {
    if (isBusy) return;
    isBusy = true;
    peak = Math.max(peak, await treeMemory(pid));
    isBusy = false;
  };
  const timer = setInterval(() => void sample(), interval);
  return {
    stop: async () => {
      clearInterval(timer);
      await sample();
      return peak === 0 ? null : peak / mebibyte;
    },
  };
}

const ticksPerSecond = 100;

/** Processor seconds that a process and its children have used, ended ones included; `null` where the system does not tell. */
export async function processorSeconds(root: number): Promise<number | null> {
  const own = await readTimes(root);
  if (own === null) return null;
  let ticks = own.running + own.ended;
  for (const pid of await childrenOf(root)) ticks += (await readTimes(pid))?.running ?? 0;
  return ticks / ticksPerSecond;
}

async function readTimes(pid: number): Promise<{ running: number; ended: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // After the name, which may hold anything: state is the third field, utime to cstime the 14th to 17th.
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { running: user + system, ended: childUser + childSystem };
}

async function treeMemory(root: number): Promise<number> {
  let privateKibibytes = 0;
  let sharedKibibytes = 0;
  for (const pid of [root, ...(await childrenOf(root))]) {
    const status = await readStatus(pid);
    privateKibibytes += fieldOf(status, 'RssAnon') ?? 0;
    sharedKibibytes = Math.max(sharedKibibytes, fieldOf(status, 'RssShmem') ?? 0);
  }
  return (privateKibibytes + sharedKibibytes) * 1024;
}

/** One small file, as this process may be timing requests meanwhile: going through all processes delayed them. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Empty when the process is gone, or the system does not tell. */
function readStatus(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
}

function fieldOf(status: string, name: string): number | null {
  const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1];
  return value === undefined ? null : Number(value);
}
