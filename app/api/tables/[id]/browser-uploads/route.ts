import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import {
  startBrowserUploadRequest,
  startBrowserUploadResponse,
} from '#lib/contracts/browser-uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { startBrowserUpload } from '#lib/services/uploads/start-browser-upload.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: startBrowserUploadRequest,
  response: startBrowserUploadResponse,
  status: 201,
  handler: ({ actor, params, body, request }) =>
    startBrowserUpload(actor, {
      ...body,
      tableId: params.id,
      dashboardHost: request.headers.get('host'),
    }),
});
