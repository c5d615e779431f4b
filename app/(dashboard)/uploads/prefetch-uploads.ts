import 'server-only';

import { noop, type QueryClient } from '@tanstack/react-query';
import { createLoader, type SearchParams } from 'nuqs/server';
import {
  hasDays,
  historyParameters,
  toUploadFilters,
} from '#components/uploads/history-parameters.ts';
import { listUploadsParameters } from '#lib/contracts/uploads.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { uploadsQuery } from '#lib/queries/uploads.ts';
import { listUploads } from '#lib/services/uploads/list-uploads.ts';
import { requireActor } from '../../require-actor.ts';

const loadHistoryParameters = createLoader(historyParameters);

/** The page of the Upload History that the address asks for. */
export async function prefetchUploads(
  searchParams: Promise<SearchParams>,
  tableId?: number,
): Promise<QueryClient> {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  const address = await loadHistoryParameters(searchParams);
  // The browser knows where in time its days begin.
  if (hasDays(address)) return queryClient;
  const filters = toUploadFilters(address, tableId);
  await queryClient
    .query({
      ...uploadsQuery(filters),
      queryFn: () => listUploads(actor, listUploadsParameters.parse(filters)),
    })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return queryClient;
}
