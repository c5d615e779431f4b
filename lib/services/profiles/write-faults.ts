import { AppError } from '../../core/errors.ts';

/** A body has room for hundreds of thousands; nobody mends more at a time. */
const mostNamed = 100;
const mostShown = 5;

/** What is wrong with a write: the first hundred keys by name, of all others the number. */
export class WriteFaults {
  readonly #named = new Map<string, string>();
  #others = 0;

  /** @param explain is asked only for what will be named. */
  add(key: string, explain: () => string): void {
    if (this.#named.size < mostNamed) this.#named.set(key, explain());
    else this.#others += 1;
  }

  /** @throws `invalid-fields` (400) when there are any */
  refuse(): void {
    if (this.#named.size === 0) return;
    const faults = [...this.#named];
    const shown = faults.slice(0, mostShown).map(([key, message]) => `${key}: ${message}`);
    const others = faults.length + this.#others - shown.length;
    throw new AppError({
      code: 'invalid-fields',
      message: `Nothing was written. ${shown.join(' ')}${others > 0 ? ` And ${others} more.` : ''}`,
      status: 400,
      // Own properties even of names such as `__proto__`.
      fields: Object.fromEntries(faults),
    });
  }
}
