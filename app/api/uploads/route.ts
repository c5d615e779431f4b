import { listUploadsParameters, uploadPage } from '#lib/contracts/uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listUploads } from '#lib/services/uploads/list-uploads.ts';

export const GET = defineRoute({
  auth: 'session',
  query: listUploadsParameters,
  response: uploadPage,
  handler: ({ actor, query }) => listUploads(actor, query),
});
