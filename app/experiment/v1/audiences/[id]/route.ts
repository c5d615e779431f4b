import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { updateV1AudienceRequest, v1Audience } from '#lib/contracts/v1/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toV1Audience } from '#lib/http/v1/to-v1-audience.ts';
import { saveAudience } from '#lib/services/audiences/save-audience.ts';
import { readAudience } from '#lib/services/audiences/stored-audiences.ts';
import { refuseImmutable } from '#lib/services/refuse-immutable.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: v1Audience,
  handler: async ({ actor, params: { id } }) => toV1Audience(await readAudience(actor, id)),
});

/** New conditions leave nothing of what the builder kept beside the old ones. */
export const PUT = defineRoute({
  auth: 'token',
  params,
  body: updateV1AudienceRequest,
  bodyLimit: audienceBodyLimit,
  response: v1Audience,
  status: 202,
  handler: async ({ actor, params: { id }, body }) => {
    const stored = await readAudience(actor, id);
    const { project_id, created } = toV1Audience(stored);
    refuseImmutable({ id, project_id, created }, body);
    const { name, description, segmentation, archived } = body;
    const conditions = body.conditions === stored.conditions ? undefined : body.conditions;
    const layout = conditions === undefined ? undefined : null;
    const changes = { name, description, segmentation, archived, conditions, layout };
    await saveAudience(actor, id, changes);
    return toV1Audience(await readAudience(actor, id));
  },
});
