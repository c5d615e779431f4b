import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import { idParameter } from '#lib/contracts/common.ts';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { AppError } from '#lib/core/errors.ts';
import { getTable } from '#lib/services/tables/get-table.ts';
import { requireActor } from '../../../require-actor.ts';

/** The table of the address, read once per request; an unknown one is a page not found. */
export const loadTable = cache(async (tableId: string): Promise<TableResponse> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(tableId);
  if (!id.success) notFound();
  try {
    return await getTable(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
});
