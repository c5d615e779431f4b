import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A line to a server on which everything stops, once as many bytes as told went to the server: the moment
 * to do something to the server while a client sends. After `release` all goes through.
 */
export class StallingLine {
  /** Settles when the line stopped. */
  readonly stalled: Promise<void>;
  readonly #server: Server;
  readonly #senders = new Set<Socket>();
  #remaining: number;
  #stall: () => void = () => undefined;

  private constructor({ port, bytes }: { readonly port: number; readonly bytes: number }) {
    this.#remaining = bytes;
    this.stalled = new Promise((resolve) => (this.#stall = resolve));
    this.#server = createServer((client) => this.#join(client, connect(port, '127.0.0.1')));
  }

  static async open(target: URL, bytes: number): Promise<StallingLine> {
    const line = new StallingLine({ port: Number(target.port), bytes });
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  release(): void {
    this.#remaining = Infinity;
    for (const sender of this.#senders) sender.resume();
  }

  async close(): Promise<void> {
    for (const sender of this.#senders) sender.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Either end takes the other with it, as on a line without anything between. */
  #join(client: Socket, server: Socket): void {
    this.#senders.add(client);
    client.on('data', (chunk) => {
      this.#remaining -= chunk.length;
      server.write(chunk);
      if (this.#remaining > 0) return;
      for (const sender of this.#senders) sender.pause();
      this.#stall();
    });
    server.pipe(client);
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      end.on('error', () => other.destroy());
      end.on('close', () => {
        other.destroy();
        this.#senders.delete(client);
      });
    }
  }
}
