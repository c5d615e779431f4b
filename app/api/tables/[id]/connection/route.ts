import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { connectionResponse } from '#lib/contracts/credentials.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getConnection } from '#lib/services/connection.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: connectionResponse,
  handler: ({ actor, params, request }) =>
    getConnection(actor, { tableId: params.id, dashboardHost: request.headers.get('host') }),
});
