import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { credentialResponse, rotateCredentialRequest } from '#lib/contracts/credentials.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { rotateCredential } from '#lib/services/credentials.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: rotateCredentialRequest,
  response: credentialResponse,
  status: 201,
  handler: ({ actor, params, body }) => rotateCredential(actor, params.id, body),
});
