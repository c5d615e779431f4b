import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A kept-alive HTTP connection that spends as little of the machine as it can: both sides of a comparison share
 * it with what asks them. One request at a time; answers have a Content-Length.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#answer();
    });
    const lose = () => this.#settle?.reject(new Error('The connection was closed.'));
    socket.on('error', lose);
    socket.on('close', lose);
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Sends a whole request; gives the status of the answer once all of it is there. */
  send(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #answer(): void {
    const text = this.#received;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1];
    if (length === undefined) {
      this.#settle?.reject(new Error('The answer has no length.'));
      return;
    }
    if (text.length < end + 4 + Number(length)) return;
    this.#received = text.slice(end + 4 + Number(length));
    this.#settle?.resolve(Number(text.slice(9, 12)));
  }
}
