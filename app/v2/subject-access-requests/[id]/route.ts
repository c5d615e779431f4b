import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { subjectAccessRequest } from '#lib/contracts/v2/subject-access-requests.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toSubjectAccessRequest } from '#lib/http/v2/to-subject-access-request.ts';
import { getPrivacyRequest } from '#lib/services/privacy/requests.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  response: subjectAccessRequest,
  handler: async ({ actor, params: { id } }) =>
    toSubjectAccessRequest(await getPrivacyRequest(actor, id), actor.accountId),
});
