import { z } from 'zod';
import { audienceResponse, restoreAudienceRequest } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';
import { restoreVersion } from '#lib/services/audiences/versions.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter, version: idParameter }),
  body: restoreAudienceRequest,
  response: audienceResponse,
  handler: async ({ actor, params: { id, version }, body }) => {
    await restoreVersion(actor, { audienceId: id, version, base: body.version });
    return getAudience(actor, id);
  },
});
