import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { uploadResponse } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { retryUpload } from '#lib/services/uploads/queue-again.ts';

/** Answers with the new upload that reads the file again. */
export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: uploadResponse,
  status: 201,
  handler: ({ actor, params }) => retryUpload(actor, params.id),
});
