import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { getDb } from '#lib/db/client.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { nodeEnvironment, nodeFlags } from '#lib/runtime/node-flags.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';

/** By which its sessions are known to PostgreSQL. */
export const edgeSessions = 'bench-edge';

/** Where one table's customers are asked for. */
export interface ProfileAddress {
  readonly port: number;
  /** What customer IDs are appended to. */
  readonly path: string;
  readonly token: string;
}

/** The product's edge as a process of its own, which a token may ask as often as it likes. */
export class BenchEdge {
  readonly child: ChildProcess;
  readonly #port: number;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.#port = port;
  }

  /** @param directory the installation's DATA_DIR */
  static async start(directory: string): Promise<BenchEdge> {
    const port = await findFreePort();
    const database = new URL(process.env['DATABASE_URL'] ?? '');
    database.searchParams.set('application_name', edgeSessions);
    const main = fileURLToPath(new URL('../../lib/edge/main.ts', import.meta.url));
    const child = fork(main, {
      env: {
        ...process.env,
        ...nodeEnvironment.edge,
        DATABASE_URL: database.href,
        DATA_DIR: directory,
        MASTER_KEY: 'the master key of the bench',
        HOST: '127.0.0.1',
        S3_PORT: String(await findFreePort()),
        PROFILE_PORT: String(port),
        LOG_LEVEL: 'error',
        TOKEN_REQUESTS_PER_MINUTE: '0',
      },
      execArgv: [...nodeFlags.edge],
    });
    await once(child, 'message');
    return new BenchEdge(child, port);
  }

  /** With a token of the table's account. */
  async addressOf(tableId: number): Promise<ProfileAddress> {
    const { service } = await getDb().table.findUniqueOrThrow({
      where: { id: tableId },
      include: { service: true },
    });
    const { token = '' } = await tokenHeadersFor(service.accountId, 'editor');
    return { port: this.#port, path: `/api/customer_profile/${service.id}/${tableId}/`, token };
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
