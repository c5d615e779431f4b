import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A line to a server on which everything stops, once as many bytes as told went to the server: the moment
 * to do something to the server, or to the client, while the client sends. After `release` all goes through.
 */
export class StallingLine {
  readonly #server: Server;
  readonly #senders = new Set<Socket>();
  #remaining = Infinity;
  #sentBytes = 0;
  #stalled: Promise<void> = Promise.resolve();
  #stall: () => void = () => undefined;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#join(client, connect(port, '127.0.0.1')));
  }

  static async open(target: URL, bytes: number): Promise<StallingLine> {
    const line = new StallingLine(Number(target.port));
    line.stallAfter(bytes);
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Settles when the line stopped. */
  get stalled(): Promise<void> {
    return this.#stalled;
  }

  /** To the server, since the line was opened. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Lets so many more bytes through. */
  stallAfter(bytes: number): void {
    this.#remaining = bytes;
    this.#stalled = new Promise((resolve) => (this.#stall = resolve));
    for (const sender of this.#senders) sender.resume();
  }

  release(): void {
    this.stallAfter(Infinity);
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
      this.#sentBytes += chunk.length;
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
