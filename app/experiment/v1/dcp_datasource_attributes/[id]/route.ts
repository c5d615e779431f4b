import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import {
  dcpAttribute,
  updateDcpAttributeRequest,
} from '#lib/contracts/v1/dcp-datasource-attributes.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { toDcpAttribute } from '#lib/http/v1/to-dcp-attribute.ts';
import { getAttribute } from '#lib/services/attributes/list-attributes.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import { refuseImmutable } from '#lib/services/refuse-immutable.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: dcpAttribute,
  handler: async ({ actor, params: { id } }) => toDcpAttribute(await getAttribute(actor, id)),
});

export const PUT = defineRoute({
  auth: 'token',
  params,
  body: updateDcpAttributeRequest,
  response: dcpAttribute,
  status: 202,
  handler: async ({ actor, params: { id }, body }) => {
    const { dcp_datasource_id, created } = toDcpAttribute(await getAttribute(actor, id));
    refuseImmutable({ id, dcp_datasource_id, created }, body);
    const { is_value_public: isValuePublic, ...request } = body;
    return toDcpAttribute(
      await withV1Fields(updateAttribute(actor, id, { ...request, isValuePublic })),
    );
  },
});

/** Archives: stored values and the name stay, `PUT {"archived": false}` brings them back. */
export const DELETE = defineRoute({
  auth: 'token',
  params,
  handler: async ({ actor, params: { id } }) => {
    await updateAttribute(actor, id, { archived: true });
  },
});
