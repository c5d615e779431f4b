/** A value that the driver sends as text. */
export type Parameter = string | number | readonly string[];

/** Values of a statement, in order; only their places get into its text. */
export class Parameters {
  readonly values: Parameter[] = [];

  /** @example parameters.add('5', 'bigint') // '$1::bigint' */
  add(value: Parameter, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
