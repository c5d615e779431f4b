import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { uploadResponse } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { storeCheckedUpload } from '#lib/services/uploads/queue-again.ts';

/** Stores a file that was checked; answers with the new upload. */
export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: uploadResponse,
  status: 201,
  handler: ({ actor, params }) => storeCheckedUpload(actor, params.id),
});
