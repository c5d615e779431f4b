import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Product } from './product.ts';

const run = z.object({ pid: z.int() });

/** The process that starts the roles and PostgreSQL. */
export async function launcherPid(dataDir: string): Promise<number> {
  return run.parse(JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8'))).pid;
}

/** The process of a role at this moment; the launcher starts another when it ends. */
export async function rolePid(product: Product, role: 'web' | 'edge' | 'worker'): Promise<number> {
  const launcher = await launcherPid(product.dataDir);
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of processes.split('\n')) {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === launcher && command?.endsWith(`lib/${role}/main.ts`)) return Number(pid);
  }
  throw new Error(`The ${role} role does not run.`);
}
