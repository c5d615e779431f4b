import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import { idParameter } from '#lib/contracts/common.ts';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { AppError } from '#lib/core/errors.ts';
import { getTable } from '#lib/services/tables/get-table.ts';
import { requireActor } from '../../../require-actor.ts';

/** The table of the address, read once per request; null when there is none that the user may see. */
export const findTable = cache(async (tableId: string): Promise<TableResponse | null> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(tableId);
  if (!id.success) return null;
  try {
    return await getTable(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
});

/** The same, where an unknown one is a page not found. */
export async function loadTable(tableId: string): Promise<TableResponse> {
  return (await findTable(tableId)) ?? notFound();
}
