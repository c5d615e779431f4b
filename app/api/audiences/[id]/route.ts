import { z } from 'zod';
import {
  archiveAudienceRequest,
  audienceResponse,
  updateAudienceRequest,
} from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';
import { deleteAudience, saveAudience } from '#lib/services/audiences/save-audience.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'session',
  params,
  response: audienceResponse,
  handler: ({ actor, params: { id } }) => getAudience(actor, id),
});

export const PUT = defineRoute({
  auth: 'session',
  params,
  body: updateAudienceRequest,
  bodyLimit: audienceBodyLimit,
  response: audienceResponse,
  handler: async ({ actor, params: { id }, body }) => {
    await saveAudience(actor, id, body);
    return getAudience(actor, id);
  },
});

export const PATCH = defineRoute({
  auth: 'session',
  params,
  body: archiveAudienceRequest,
  response: audienceResponse,
  handler: async ({ actor, params: { id }, body }) => {
    await saveAudience(actor, id, body);
    return getAudience(actor, id);
  },
});

export const DELETE = defineRoute({
  auth: 'session',
  params,
  handler: ({ actor, params: { id } }) => deleteAudience(actor, id),
});
