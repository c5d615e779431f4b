import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { dcpUpload } from '#lib/contracts/v1/dcp-uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpUpload } from '#lib/http/v1/to-dcp-upload.ts';
import { storeCheckedUpload } from '#lib/services/uploads/queue-again.ts';

/** Stores a file that was checked; answers with the new upload. */
export const POST = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  response: dcpUpload,
  status: 201,
  handler: async ({ actor, params }) => toDcpUpload(await storeCheckedUpload(actor, params.id)),
});
