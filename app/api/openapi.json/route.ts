import { buildOpenApi } from '#lib/contracts/openapi/build-openapi.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { readerOrigin } from '#lib/http/reader-origin.ts';

/** The REST API described for programs; open to everybody, as it holds nothing of anybody. */
export const GET = defineRoute({
  auth: 'none',
  handler: ({ request }) => buildOpenApi([readerOrigin(request.headers)]),
});
