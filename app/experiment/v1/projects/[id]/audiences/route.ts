import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { createV1AudienceRequest, v1Audience } from '#lib/contracts/v1/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toV1Audience } from '#lib/http/v1/to-v1-audience.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';
import { listProjectAudiences, readAudience } from '#lib/services/audiences/stored-audiences.ts';

const params = z.object({ id: idParameter });

/** All of the project, archived ones included. */
export const GET = defineRoute({
  auth: 'token',
  params,
  response: z.array(v1Audience),
  handler: async ({ actor, params: { id } }) =>
    (await listProjectAudiences(actor, id)).map(toV1Audience),
});

export const POST = defineRoute({
  auth: 'token',
  params,
  body: createV1AudienceRequest,
  bodyLimit: audienceBodyLimit,
  response: v1Audience,
  status: 201,
  handler: async ({ actor, params: { id: projectId }, body }) => {
    const id = await createAudience(actor, { ...body, projectId, layout: null });
    return toV1Audience(await readAudience(actor, id));
  },
});
