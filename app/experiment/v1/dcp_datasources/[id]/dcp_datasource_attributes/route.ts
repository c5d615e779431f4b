import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import {
  createDcpAttributeRequest,
  dcpAttribute,
  dcpAttributeInList,
} from '#lib/contracts/v1/dcp-datasource-attributes.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpAttribute } from '#lib/http/v1/to-dcp-attribute.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { createAttribute } from '#lib/services/attributes/create-attributes.ts';
import { listAttributes } from '#lib/services/attributes/list-attributes.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: z.array(dcpAttributeInList),
  handler: async ({ actor, params: { id } }) =>
    (await listAttributes(actor, id)).map(toDcpAttribute),
});

export const POST = defineRoute({
  auth: 'token',
  params,
  body: createDcpAttributeRequest,
  response: dcpAttribute,
  status: 201,
  handler: async ({ actor, params: { id }, body }) => {
    const { is_value_public: isValuePublic, ...request } = body;
    const created = createAttribute(actor, id, { ...request, isValuePublic });
    return toDcpAttribute(await withV1Fields(created));
  },
});
