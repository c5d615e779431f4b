import { isRowTooWide } from '#lib/store/postgres-error.ts';
import { errors } from '../../core/errors.ts';
import type { ProfileTable } from './profile-table.ts';

/** @throws `conflict` */
export function refuseArchived(table: ProfileTable): void {
  if (!table.isArchived) return;
  throw errors.conflict(`The table ${table.id} is archived. Restore it to write to it.`);
}

/** Says in words what the database says of a row that no page of it can hold. @throws `invalid` */
export async function withWideRowsRefused<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isRowTooWide(error)) throw error;
    // Without the cause: the database's message may quote a customer's value.
    throw errors.invalid(
      'The row has more filled attributes than the database can hold in one row. Spread the attributes over several tables.',
    );
  }
}
