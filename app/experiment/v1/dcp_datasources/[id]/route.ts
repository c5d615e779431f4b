import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { dcpDatasource, updateDcpDatasourceRequest } from '#lib/contracts/v1/dcp-datasources.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpDatasource } from '#lib/http/v1/to-dcp-datasources.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { deleteTable } from '#lib/services/tables/delete-table.ts';
import { refuseImmutable } from '#lib/services/refuse-immutable.ts';
import { getTable } from '#lib/services/tables/get-table.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: dcpDatasource,
  handler: async ({ actor, params: { id } }) => toDcpDatasource(actor, await getTable(actor, id)),
});

export const PUT = defineRoute({
  auth: 'token',
  params,
  body: updateDcpDatasourceRequest,
  response: dcpDatasource,
  status: 202,
  handler: async ({ actor, params: { id }, body }) => {
    const stored = await toDcpDatasource(actor, await getTable(actor, id));
    const { dcp_service_id, is_optimizely, s3_path, created } = stored;
    const { aws_access_key, aws_secret_key } = stored;
    const fixed = { id, dcp_service_id, is_optimizely, s3_path, created };
    refuseImmutable({ ...fixed, aws_access_key, aws_secret_key }, body);
    const request = {
      name: body.name,
      description: body.description,
      keyKind: body.keyfield_locator_type,
      keyName: body.keyfield_locator_name,
      archived: body.archived,
    };
    return toDcpDatasource(actor, await withV1Fields(updateTable(actor, id, request)));
  },
});

export const DELETE = defineRoute({
  auth: 'token',
  params,
  handler: ({ actor, params: { id } }) => deleteTable(actor, id),
});
