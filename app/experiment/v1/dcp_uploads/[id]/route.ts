import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { dcpUpload } from '#lib/contracts/v1/dcp-uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpUpload } from '#lib/http/v1/to-dcp-upload.ts';
import { getUpload } from '#lib/services/uploads/get-upload.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  response: dcpUpload,
  handler: async ({ actor, params }) => toDcpUpload(await getUpload(actor, params.id)),
});
