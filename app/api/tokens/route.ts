import { z } from 'zod';
import { createTokenRequest, createTokenResponse, tokenResponse } from '#lib/contracts/tokens.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { createToken, listTokens } from '#lib/services/tokens/tokens.ts';

export const GET = defineRoute({
  auth: 'session',
  response: z.array(tokenResponse),
  handler: ({ actor }) => listTokens(actor),
});

export const POST = defineRoute({
  auth: 'session',
  body: createTokenRequest,
  response: createTokenResponse,
  status: 201,
  handler: ({ actor, body }) => createToken(actor, body),
});
