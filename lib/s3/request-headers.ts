/**
 * Headers as they came: `IncomingMessage.headers` drops and merges some, which would break signatures. Values are
 * the received bytes as latin1 text, as Node gives them.
 */
export class RequestHeaders {
  readonly #values = new Map<string, string[]>();

  /** @param raw names and values in turn, as in `IncomingMessage.rawHeaders` */
  constructor(raw: readonly string[]) {
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const name = (raw[index] ?? '').toLowerCase();
      const values = this.#values.get(name);
      const value = raw[index + 1] ?? '';
      if (values) values.push(value);
      else this.#values.set(name, [value]);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Value of a lower-case name, several joined by a comma. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.join(',');
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  /** A header's value as the text that the client meant: UTF-8. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
  }
}

/** Text as Node wants it in a response header, so that UTF-8 bytes go out. */
export function headerBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
