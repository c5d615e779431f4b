import type { ValueType } from '#lib/core/datatypes/types.ts';

/** A column of a profile table: the attribute it belongs to and what it holds. */
export interface StoredColumn {
  readonly attributeId: number;
  readonly type: ValueType;
}

/** Every profile table, and every staging set, is split by the same hash into this many partitions. */
export const partitionCount = 8;

/** @example partitions // [0, 1, ..., 7] */
export const partitions: readonly number[] = Array.from(
  { length: partitionCount },
  (_, index) => index,
);

/** Only whole numbers ever get into the text of a statement. */
function checked(id: number): number {
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw new TypeError(`The id of a stored thing is a whole number, not ${id}.`);
}

/** @example tableName(12) // 'profiles.t_12' */
export function tableName(tableId: number): string {
  return `profiles.t_${checked(tableId)}`;
}

/** @example columnName(34) // 'a_34' */
export function columnName(attributeId: number): `a_${number}` {
  return `a_${checked(attributeId)}`;
}

/** Rows of one batch of an upload, on their way into the table. @example stagingName(5, 1) // 'profiles.s_5_1' */
export function stagingName(uploadId: number, batch: number): string {
  return `profiles.s_${checked(uploadId)}_${checked(batch)}`;
}

/** The rows of a first load, until they become the table. @example firstLoadName(5) // 'profiles.f_5' */
export function firstLoadName(uploadId: number): string {
  return `profiles.f_${checked(uploadId)}`;
}

/** The table that a first load took the place of, until it is dropped. @example replacedName(5) // 'profiles.o_5' */
export function replacedName(uploadId: number): string {
  return `profiles.o_${checked(uploadId)}`;
}

/** Rows of a first load whose customers may be in it already. @example repeatsName(5) // 'profiles.r_5' */
export function repeatsName(uploadId: number): string {
  return `profiles.r_${checked(uploadId)}`;
}

/** The file's own rows of customers that the table has, too, while it is loaded beside it. @example knownName(5) // 'profiles.k_5' */
export function knownName(uploadId: number): string {
  return `profiles.k_${checked(uploadId)}`;
}

/** @example knownTables(5) // ['profiles.k_5_p0', ...] */
export function knownTables(uploadId: number): string[] {
  return partitions.map((partition) => partitionName(knownName(uploadId), partition));
}

/** What one partition of a set of rows changes, in the order in which it is applied. @example sortedName('profiles.s_5_1', 0) // 'profiles.s_5_1_p0_sorted' */
export function sortedName(parent: string, partition: number): string {
  return `${partitionName(parent, partition)}_sorted`;
}

/** @example partitionName('profiles.t_12', 0) // 'profiles.t_12_p0' */
export function partitionName(parent: string, partition: number): string {
  return `${parent}_p${partition}`;
}
