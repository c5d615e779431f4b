import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, however the script was started. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command to its end; rejects with its name when it fails. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}`));
    });
  });
}
