import { partitionCount, partitionName, tableName } from '../names.ts';
import { countPages } from '../pages.ts';
import type { Connection } from '../pool.ts';

/** A few neighbouring rows: those of one page, or of a part of it. */
export interface Unit {
  /** Row addresses, as PostgreSQL writes them: the first that may be in it, and the first behind it. */
  readonly first: string;
  readonly end: string;
}

export interface SampledTable {
  readonly tableId: number;
  /** Exact, of the whole table. */
  readonly rows: number;
  /** About how many rows a unit has. */
  readonly rowsPerUnit: number;
  readonly random: () => number;
}

/**
 * Draws units of one partition of a table, each at most once and all with the same chance. Which partition a row is
 * in follows from the hash of its customer ID, so that one partition is a random part of the customers.
 */
export class UnitDraw {
  readonly partition: string;
  readonly allUnits: number;
  readonly #windows: number;
  readonly #rowsPerUnit: number;
  readonly #random: () => number;
  readonly #drawn = new Set<number>();

  private constructor(partition: string, pages: number, table: SampledTable) {
    const rowsPerPage = table.rows / partitionCount / Math.max(1, pages);
    this.partition = partition;
    this.#rowsPerUnit = table.rowsPerUnit;
    this.#windows = Math.max(1, Math.round(rowsPerPage / table.rowsPerUnit));
    this.#random = table.random;
    this.allUnits = pages * this.#windows;
  }

  /** Looks how large the partition is now. */
  static async start(connection: Connection, table: SampledTable): Promise<UnitDraw> {
    const index = Math.floor(table.random() * partitionCount);
    const partition = partitionName(tableName(table.tableId), index);
    return new UnitDraw(partition, await countPages(connection, partition), table);
  }

  get drawn(): number {
    return this.#drawn.size;
  }

  /** Further ones, fewer when there are no more. */
  take(count: number): Unit[] {
    const units: Unit[] = [];
    const left = Math.min(count, this.allUnits - this.#drawn.size);
    while (units.length < left) {
      const unit = Math.floor(this.#random() * this.allUnits);
      if (this.#drawn.has(unit)) continue;
      this.#drawn.add(unit);
      units.push(this.#locate(unit));
    }
    return units;
  }

  #locate(unit: number): Unit {
    const page = Math.floor(unit / this.#windows);
    const window = unit % this.#windows;
    const from = window * this.#rowsPerUnit + 1;
    const isLast = window === this.#windows - 1;
    const end = isLast ? `(${page + 1},0)` : `(${page},${from + this.#rowsPerUnit})`;
    return { first: `(${page},${from})`, end };
  }
}
