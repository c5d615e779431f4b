import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { tableDeletionResponse } from '#lib/contracts/tables.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { describeTableDeletion } from '#lib/services/tables/delete-table.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: tableDeletionResponse,
  handler: ({ actor, params }) => describeTableDeletion(actor, params.id),
});
