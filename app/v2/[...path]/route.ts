import { errors } from '#lib/core/errors.ts';
import { defineRoute } from '#lib/http/define-route.ts';

/** Programs get their 404 as JSON too. */
const unknownAddress = defineRoute({
  auth: 'token',
  handler: ({ request }) => {
    throw errors.notFound('address', new URL(request.url).pathname);
  },
});

export const GET = unknownAddress;
export const POST = unknownAddress;
export const PUT = unknownAddress;
export const PATCH = unknownAddress;
export const DELETE = unknownAddress;
