import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Role } from '#lib/config/config.ts';
import { nodeEnvironment, nodeFlags } from './node-flags.ts';

const entries: Record<Role, URL> = {
  web: new URL('../web/main.ts', import.meta.url),
  edge: new URL('../edge/main.ts', import.meta.url),
  worker: new URL('../worker/main.ts', import.meta.url),
};

/** What a role tells its launcher. */
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

const stopPatience = 10_000;
const slowestRestart = 10_000;

/** One role as a child process that is started again when it dies. */
export class RoleProcess {
  readonly role: Role;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #isStopping = false;
  #restartDelay = 250;

  constructor(role: Role, environment: NodeJS.ProcessEnv) {
    this.role = role;
    this.#environment = environment;
  }

  /** Settles when the role can do its job; rejects with its own sentence when it cannot start. */
  start(): Promise<void> {
    const child = fork(fileURLToPath(entries[this.role]), {
      env: { ...nodeEnvironment[this.role], ...this.#environment },
      execArgv: [...process.execArgv, ...nodeFlags[this.role]],
      // Its own process group: Ctrl-C in the terminal must reach the launcher first.
      detached: true,
    });
    this.#child = child;
    return new Promise((resolve, reject) => {
      child.on('message', (sent) => {
        const parsed = message.safeParse(sent);
        if (!parsed.success) return;
        if (parsed.data.kind === 'failed') {
          reject(new Error(parsed.data.message));
          return;
        }
        this.#restartDelay = 250;
        resolve();
      });
      child.once('exit', (code, signal) => {
        reject(new Error(`The ${this.role} role ended with ${signal ?? code ?? 'no code'}.`));
        this.#onExit(signal ?? String(code));
      });
    });
  }

  async restart(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopPatience);
    await exited;
    clearTimeout(timer);
  }

  #onExit(reason: string): void {
    if (this.#isStopping) return;
    console.error(`The ${this.role} role ended (${reason}); starting it again.`);
    setTimeout(() => {
      if (this.#isStopping) return;
      this.start().catch((error: unknown) => console.error(String(error)));
    }, this.#restartDelay);
    this.#restartDelay = Math.min(this.#restartDelay * 2, slowestRestart);
  }
}
