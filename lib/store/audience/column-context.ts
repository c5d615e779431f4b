import type { ValueType } from '#lib/core/datatypes/types.ts';
import type { Parameters } from './parameters.ts';

/** The column that a rule is asked of, and what else its SQL needs. */
export interface ColumnContext {
  readonly column: string;
  readonly type: ValueType;
  readonly parameters: Parameters;
  readonly now: Date;
}
