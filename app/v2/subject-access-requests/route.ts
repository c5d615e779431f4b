import { z } from 'zod';
import {
  createSubjectAccessRequest,
  listSubjectAccessRequestsParameters,
  subjectAccessRequest,
} from '#lib/contracts/v2/subject-access-requests.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { toSubjectAccessRequest } from '#lib/http/v2/to-subject-access-request.ts';
import { createPrivacyRequest, listPrivacyRequests } from '#lib/services/privacy/requests.ts';

export const GET = defineRoute({
  auth: 'token',
  query: listSubjectAccessRequestsParameters,
  response: z.array(subjectAccessRequest),
  handler: async ({ actor, query }) => {
    const parameters = { page: query.page, perPage: query.per_page };
    const { items } = await listPrivacyRequests(actor, parameters);
    return items.map((item) => toSubjectAccessRequest(item, actor.accountId));
  },
});

export const POST = defineRoute({
  auth: 'token',
  body: createSubjectAccessRequest,
  response: subjectAccessRequest,
  status: 201,
  handler: async ({ actor, body }) => {
    const asked = {
      kind: body.request_type,
      identifierType: body.identifier_type,
      identifier: body.identifier,
      tableId: body.dcp_datasource_id,
      needsConfirmation: false,
    };
    const created = await withV1Fields(createPrivacyRequest(actor, asked));
    return toSubjectAccessRequest(created, actor.accountId);
  },
});
