import type { RejectCode, RejectGroup } from './types.ts';

/** Counts rejected rows by their fault, without an object for each. */
export class RejectCounter {
  readonly #rows = new Map<RejectCode, Map<string | null, number>>();

  add(code: RejectCode, column: string | null): void {
    let columns = this.#rows.get(code);
    if (!columns) {
      columns = new Map();
      this.#rows.set(code, columns);
    }
    columns.set(column, (columns.get(column) ?? 0) + 1);
  }

  /** Everything since the last call. */
  take(): RejectGroup[] {
    const groups = [...this.#rows].flatMap(([code, columns]) =>
      [...columns].map(([column, rows]) => ({ code, column, rows })),
    );
    this.#rows.clear();
    return groups;
  }
}
