import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { exportParameters } from '#lib/contracts/tables.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { exportTable } from '#lib/services/tables/export-table.ts';

/** All rows of the table, for the dashboard's own download. */
export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: exportParameters,
  handler: async ({ actor, params, query }) =>
    download(await exportTable(actor, { tableId: params.id, format: query.format })),
});
