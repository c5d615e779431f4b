/** Values by key, for many small places on a page of which each is drawn again only when its own value changed. */
export class KeyedStore<Value> {
  #values: ReadonlyMap<string, Value> = new Map();
  readonly #listeners = new Set<() => void>();
  readonly #isSame: (left: Value, right: Value) => boolean;

  constructor(isSame: (left: Value, right: Value) => boolean) {
    this.#isSame = isSame;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** What says the same as before stays the same object. */
  replace(values: ReadonlyMap<string, Value>): void {
    const next = new Map<string, Value>();
    for (const [key, value] of values) {
      const before = this.#values.get(key);
      next.set(key, before !== undefined && this.#isSame(before, value) ? before : value);
    }
    this.#values = next;
    for (const listener of this.#listeners) listener();
  }
}
