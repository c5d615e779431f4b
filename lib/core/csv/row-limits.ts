import { MAX_ROW_BYTES, MAX_VALUE_BYTES } from '../datatypes/limits.ts';

/** Sizes in bytes; smaller ones make tests short. */
export interface RowLimits {
  readonly cellBytes: number;
  readonly rowBytes: number;
}

export const defaultRowLimits: RowLimits = {
  cellBytes: MAX_VALUE_BYTES,
  rowBytes: MAX_ROW_BYTES,
};
