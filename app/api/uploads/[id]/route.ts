import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { uploadResponse } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getUpload } from '#lib/services/uploads/get-upload.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: uploadResponse,
  handler: ({ actor, params }) => getUpload(actor, params.id),
});
