import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { listV1MembersParameters, v1Members } from '#lib/contracts/v1/audiences.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listAudienceMembers } from '#lib/services/audiences/list-members.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  query: listV1MembersParameters,
  response: v1Members,
  handler: async ({ actor, params: { id }, query, request }) => {
    const { per_page: limit, dcp_datasource_id: tableId, after } = query;
    const options = { limit, tableId, after, signal: request.signal };
    const { members, next } = await listAudienceMembers(actor, id, options);
    const named = members.map((member) => ({
      dcp_datasource_id: member.tableId,
      customer_id: member.customerId,
    }));
    return { members: named, next };
  },
});
