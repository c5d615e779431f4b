import { z } from 'zod';
import { exportMembersParameters } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { exportAudience } from '#lib/services/audiences/crossings/export-audience.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: exportMembersParameters,
  handler: async ({ actor, params, query, request }) =>
    download(await exportAudience(actor, params.id, { ...query, signal: request.signal })),
});
