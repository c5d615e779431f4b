import { z } from 'zod';
import {
  signBrowserUploadRequest,
  signBrowserUploadResponse,
  transferId,
} from '#lib/contracts/browser-uploads.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { signBrowserUpload } from '#lib/services/uploads/sign-browser-upload.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter, transferId }),
  body: signBrowserUploadRequest,
  response: signBrowserUploadResponse,
  handler: ({ actor, params, body, request }) =>
    signBrowserUpload(actor, {
      tableId: params.id,
      transferId: params.transferId,
      dashboardHost: request.headers.get('host'),
      request: body,
    }),
});
