import { z } from 'zod';
import { createDcpServiceRequest, dcpService } from '#lib/contracts/v1/dcp-services.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpService } from '#lib/http/v1/to-dcp-service.ts';
import { createService, listServices } from '#lib/services/dcp-services.ts';

export const GET = defineRoute({
  auth: 'token',
  response: z.array(dcpService),
  handler: async ({ actor }) => (await listServices(actor)).map(toDcpService),
});

export const POST = defineRoute({
  auth: 'token',
  body: createDcpServiceRequest,
  response: dcpService,
  status: 201,
  handler: async ({ actor, body }) => toDcpService(await createService(actor, body.name)),
});
