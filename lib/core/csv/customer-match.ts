import { isCustomerIdName, isErrorColumnName } from '../datatypes/attribute-name.ts';
import { unguardFormula } from './formula-guard.ts';
import { DOUBLED, MALFORMED, RowCells } from './row-cells.ts';
import type { Delimiter } from './types.ts';

export interface CustomerMatchOptions {
  /** Names of the header's cells; `null` for a file whose first line is no header. */
  readonly columns: readonly string[] | null;
  readonly delimiter: Delimiter;
  /** Customer IDs, looked for in the column of customer IDs. */
  readonly ids: ReadonlySet<string>;
  /** Customer IDs of other tables, by the name of the column that holds aliases to them. */
  readonly aliases?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Between these, and the ends of a row, a text stands alone. */
const SEPARATORS = new Set(Buffer.from(',;|\t"\' \r\n'));

/**
 * Tells whether a row of a CSV file names a customer. A row in good shape does when its customer ID, or its alias
 * to the customer's table, is exactly the ID. Of a row that is malformed or has too few or too many cells nobody
 * knows which column is which: it does when any cell is the ID, or when the ID stands alone in its text.
 *
 * @example
 * const match = new CustomerMatch({ columns: ['customerId', 'ltv'], delimiter: ',', ids: new Set(['c1']) });
 * match.names(Buffer.from('c1,5')) // true
 * match.names(Buffer.from('c10,c1')) // false
 */
export class CustomerMatch {
  readonly #columnCount: number | null;
  readonly #cells: RowCells;
  /** IDs looked for, by the index of their column. */
  readonly #wanted: readonly (readonly [number, ReadonlySet<string>])[];
  readonly #all: ReadonlySet<string>;
  readonly #needles: readonly Buffer[];
  readonly #isRejectsFile: boolean;

  constructor({ columns, delimiter, ids, aliases = new Map() }: CustomerMatchOptions) {
    const idColumn = columns?.findIndex(isCustomerIdName) ?? -1;
    // Without a column of customer IDs the first line is no header, whatever it looks like.
    this.#columnCount = idColumn < 0 ? null : (columns?.length ?? 0);
    this.#cells = new RowCells(delimiter);
    this.#wanted = (columns ?? []).flatMap((name, index) => {
      const wanted = index === idColumn ? ids : aliases.get(name);
      return wanted ? [[index, wanted] as const] : [];
    });
    this.#all = new Set([...ids, ...[...aliases.values()].flatMap((set) => [...set])]);
    this.#needles = [...this.#all].map((id) => Buffer.from(id));
    this.#isRejectsFile = columns?.some(isErrorColumnName) ?? false;
  }

  /** @param row without its line end; the first bytes of one that is too long to be held */
  names(row: Buffer): boolean {
    this.#cells.split(row, 0, row.length, Infinity);
    if (!this.isReadable)
      return this.#hasCell(row) || this.#needles.some((id) => standsAlone(row, id));
    return this.#wanted.some(([index, ids]) => ids.has(this.#textOf(row, index)));
  }

  /** Whether the row that `names` was asked about last is surely one row, and of one customer. */
  get isReadable(): boolean {
    return this.#columnCount === this.#cells.count && !this.#isMalformed;
  }

  get #isMalformed(): boolean {
    for (let index = 0; index < this.#cells.count; index++) {
      if (((this.#cells.marks[index] ?? 0) & MALFORMED) !== 0) return true;
    }
    return false;
  }

  #hasCell(row: Buffer): boolean {
    for (let index = 0; index < this.#cells.count; index++) {
      if (this.#all.has(this.#textOf(row, index))) return true;
    }
    return false;
  }

  #textOf(row: Buffer, index: number): string {
    const { starts, ends, marks } = this.#cells;
    const text = row.toString('utf8', starts[index], ends[index]);
    const plain = ((marks[index] ?? 0) & DOUBLED) === 0 ? text : text.replaceAll('""', '"');
    return this.#isRejectsFile ? unguardFormula(plain) : plain;
  }
}

/**
 * What must be among the bytes of a file that names one of the customers, as it stands there: bare, or in quotes.
 *
 * @example needlesOf(new Set(['a"b'])) // [Buffer 'a"b', Buffer 'a""b']
 */
export function needlesOf(ids: Iterable<string>): Buffer[] {
  const texts = [...ids].flatMap((id) => [id, id.replaceAll('"', '""')]);
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/** @example standsAlone(Buffer.from('c10;c1'), Buffer.from('c1')) // true */
export function standsAlone(bytes: Buffer, text: Buffer): boolean {
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    const end = at + text.length;
    const startsFree = at === 0 || SEPARATORS.has(bytes[at - 1] ?? 0);
    const endsFree = end === bytes.length || SEPARATORS.has(bytes[end] ?? 0);
    if (startsFree && endsFree) return true;
  }
  return false;
}
