import { errorColumnNames } from '../datatypes/attribute-name.ts';
import { encodeCell, encodeRow } from './encode.ts';
import { guardFormula, unguardFormula } from './formula-guard.ts';
import { rejectMessage } from './reject-messages.ts';
import { DOUBLED, QUOTED, RowCells } from './row-cells.ts';
import type { Column, Delimiter, Reject } from './types.ts';

export interface RejectsCsvOptions {
  /** The upload's columns, from `bindHeader`. */
  readonly columns: readonly Column[];
  /** The upload's delimiter; the rejects file is comma-separated whatever it was. */
  readonly delimiter: Delimiter;
}

/** Rows whose cells are not known: only the error columns are filled, so that they are rejected again. */
const unreadable: ReadonlySet<string> = new Set(['quote-never-closed', 'row-too-long']);

/**
 * Writes rejected rows as a CSV file to mend and upload again: the original columns, then `error_line`,
 * `error_column`, `error_code` and `error_message`, which the next upload ignores. Cells keep their bytes,
 * even invalid ones, and whether they were quoted; formulas are guarded, and the next upload undoes that.
 * Missing cells are added empty, surplus cells follow the error columns.
 *
 * @example
 * const rejects = new RejectsCsv({ columns, delimiter });
 * file.write(rejects.header);
 * for (const reject of result.rejects) file.write(rejects.encode(reject));
 */
export class RejectsCsv {
  readonly #columns: readonly Column[];
  readonly #cells: RowCells;
  readonly #isRejectsFile: boolean;

  constructor({ columns, delimiter }: RejectsCsvOptions) {
    this.#columns = columns;
    this.#cells = new RowCells(delimiter);
    this.#isRejectsFile = columns.some(({ kind }) => kind === 'ignored');
  }

  /** The header line. */
  get header(): Buffer {
    const originals = this.#columns.filter(({ kind }) => kind !== 'ignored');
    return Buffer.from(encodeRow([...originals.map(({ name }) => name), ...errorColumnNames]));
  }

  /** One line for one rejected row. */
  encode(reject: Reject): Buffer {
    const cells = unreadable.has(reject.code) ? [] : this.#split(reject.raw);
    const originals = this.#columns.flatMap(({ kind }, index) =>
      kind === 'ignored' ? [] : [cells[index] ?? ''],
    );
    const facts = [
      String(reject.line),
      reject.column,
      reject.code,
      rejectMessage(reject, this.#columns),
    ].map((cell) => toBinary(encodeCell(cell)));
    const surplus = cells.slice(this.#columns.length);
    return Buffer.from(`${[...originals, ...facts, ...surplus].join(',')}\n`, 'latin1');
  }

  /** The row's cells, encoded again; bytes as characters (latin1), so that none is lost. */
  #split(raw: Buffer): string[] {
    this.#cells.split(raw, 0, raw.length, Infinity);
    const { count, starts, ends, marks } = this.#cells;
    return Array.from({ length: count }, (_, index) => {
      const mark = marks[index] ?? 0;
      const text = raw.toString('latin1', starts[index], ends[index]);
      return this.#encode((mark & DOUBLED) === 0 ? text : text.replaceAll('""', '"'), mark);
    });
  }

  #encode(text: string, mark: number): string {
    const guarded = guardFormula(this.#isRejectsFile ? unguardFormula(text) : text);
    const isQuoted = (mark & QUOTED) !== 0 || /[",\r\n]/.test(guarded);
    return isQuoted ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  }
}

function toBinary(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
