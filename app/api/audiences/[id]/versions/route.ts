import { z } from 'zod';
import { audienceVersions } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listVersions } from '#lib/services/audiences/versions.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: audienceVersions,
  handler: ({ actor, params }) => listVersions(actor, params.id),
});
