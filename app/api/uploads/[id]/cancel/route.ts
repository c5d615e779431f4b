import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { uploadResponse } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { cancelUpload } from '#lib/services/uploads/cancel-upload.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: uploadResponse,
  handler: ({ actor, params }) => cancelUpload(actor, params.id),
});
