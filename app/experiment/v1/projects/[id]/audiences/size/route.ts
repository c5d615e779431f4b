import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { v1AudienceSize, v1AudienceSizeRequest } from '#lib/contracts/v1/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { measureAudience } from '#lib/services/audiences/questions/measure-audience.ts';

/** Conditions that may be saved or not; rules that cannot be asked are nobody's. */
export const POST = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  body: v1AudienceSizeRequest,
  bodyLimit: audienceBodyLimit,
  response: v1AudienceSize,
  handler: async ({ actor, params: { id: projectId }, body, request }) => {
    const question = { ...body, projectId, funnel: false, signal: request.signal };
    const { size, isExact, low, high, total } = await measureAudience(actor, question);
    return { size, exact: isExact, low, high, total };
  },
});
