import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { listRejectsParameters, rejectPage } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listRejects } from '#lib/services/uploads/list-rejects.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: listRejectsParameters,
  response: rejectPage,
  handler: ({ actor, params, query }) => listRejects(actor, params.id, query),
});
