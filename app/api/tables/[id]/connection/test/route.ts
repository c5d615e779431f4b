import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { testConnectionResponse } from '#lib/contracts/credentials.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { testConnection } from '#lib/services/connection.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: testConnectionResponse,
  handler: ({ actor, params }) => testConnection(actor, params.id),
});
