import { z } from 'zod';
import { serviceChoice } from '#lib/contracts/tokens.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listServices } from '#lib/services/dcp-services.ts';

export const GET = defineRoute({
  auth: 'session',
  response: z.array(serviceChoice),
  handler: ({ actor }) => listServices(actor),
});
