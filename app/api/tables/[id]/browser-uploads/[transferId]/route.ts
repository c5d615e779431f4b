import { z } from 'zod';
import { browserUploadResponse, transferId } from '#lib/contracts/browser-uploads.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getBrowserUpload } from '#lib/services/uploads/get-browser-upload.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter, transferId }),
  response: browserUploadResponse,
  handler: ({ actor, params }) =>
    getBrowserUpload(actor, { tableId: params.id, transferId: params.transferId }),
});
