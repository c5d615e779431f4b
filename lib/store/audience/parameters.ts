/** A value that the driver sends as text. */
export type Parameter = string | number | readonly string[];

/** Values of a statement, in order; only their places get into its text. */
export class Parameters {
  readonly values: Parameter[] = [];
  readonly #places = new Map<string, string>();

  /**
   * The same value of the same type is sent once: a tree is compiled for several tables, and a statement has
   * 65,535 parameters at most.
   *
   * @example parameters.add('5', 'bigint') // '$1::bigint'
   */
  add(value: Parameter, type: string): string {
    const key = JSON.stringify([type, value]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    const place = `$${this.values.length}::${type}`;
    this.#places.set(key, place);
    return place;
  }
}
