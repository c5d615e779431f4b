import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { createDcpDatasourceRequest, dcpDatasource } from '#lib/contracts/v1/dcp-datasources.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpDatasource, toDcpDatasources } from '#lib/http/v1/to-dcp-datasources.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { createTable } from '#lib/services/tables/create-table.ts';
import { listServiceTables } from '#lib/services/tables/list-service-tables.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: z.array(dcpDatasource),
  handler: async ({ actor, params: { id } }) =>
    toDcpDatasources(actor, await listServiceTables(actor, id)),
});

export const POST = defineRoute({
  auth: 'token',
  params,
  body: createDcpDatasourceRequest,
  response: dcpDatasource,
  status: 201,
  handler: async ({ actor, params: { id }, body }) => {
    const request = {
      serviceId: id,
      name: body.name,
      description: body.description,
      keyKind: body.keyfield_locator_type,
      keyName: body.keyfield_locator_name,
      emptyCells: 'keep' as const,
      keepFilesDays: null,
    };
    return toDcpDatasource(actor, await withV1Fields(createTable(actor, request)));
  },
});
