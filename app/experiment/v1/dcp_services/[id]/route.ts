import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { dcpService, updateDcpServiceRequest } from '#lib/contracts/v1/dcp-services.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpService } from '#lib/http/v1/to-dcp-service.ts';
import { deleteService, getService, renameService } from '#lib/services/dcp-services.ts';
import { refuseImmutable } from '#lib/services/refuse-immutable.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: dcpService,
  handler: async ({ actor, params: { id } }) => toDcpService(await getService(actor, id)),
});

export const PUT = defineRoute({
  auth: 'token',
  params,
  body: updateDcpServiceRequest,
  response: dcpService,
  status: 202,
  handler: async ({ actor, params: { id }, body }) => {
    const stored = toDcpService(await getService(actor, id));
    const { account_id, archived, s3_path, aws_access_key, aws_secret_key, created } = stored;
    const fixed = { id, account_id, archived, s3_path, created };
    refuseImmutable({ ...fixed, aws_access_key, aws_secret_key }, body);
    return toDcpService(await renameService(actor, id, body.name));
  },
});

export const DELETE = defineRoute({
  auth: 'token',
  params,
  handler: ({ actor, params: { id } }) => deleteService(actor, id),
});
