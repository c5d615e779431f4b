import { printTable, type Cell } from './table.ts';

/** One promise of the product, and what this run says to it. */
export interface Promised {
  readonly promise: string;
  /** `null` when the run left out what it needs. */
  readonly measured: number | null;
  readonly bound: number;
  readonly kind: 'at most' | 'at least';
}

/** Prints a line for each promise; the process ends with 1 when one is missed. */
export function printMustHold(promises: readonly Promised[]): void {
  const lines = promises.map((promised): Cell[] => {
    const { promise, measured, kind, bound } = promised;
    return [promise, measured, `${kind} ${bound.toFixed(2)}`, verdictOf(promised)];
  });
  console.log();
  printTable(['must hold', 'measured', 'bound', ''], lines);
  if (promises.some((promised) => verdictOf(promised) === 'MISS')) process.exitCode = 1;
}

function verdictOf({ measured, bound, kind }: Promised): 'PASS' | 'MISS' | 'not run' {
  if (measured === null) return 'not run';
  const holds = kind === 'at most' ? measured <= bound : measured >= bound;
  return holds ? 'PASS' : 'MISS';
}
