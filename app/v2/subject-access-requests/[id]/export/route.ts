import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { downloadExport } from '#lib/services/privacy/exports.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  handler: async ({ actor, params: { id } }) =>
    download({ ...(await downloadExport(actor, id)), contentType: 'application/zip' }),
});
