import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { listUploadsParameters } from '#lib/contracts/uploads.ts';
import { dcpUpload, listDcpUploadsParameters } from '#lib/contracts/v1/dcp-uploads.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toDcpUpload } from '#lib/http/v1/to-dcp-upload.ts';
import { listUploadsOfTable } from '#lib/services/uploads/list-uploads.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  query: listDcpUploadsParameters,
  response: z.array(dcpUpload),
  handler: async ({ actor, params, query }) => {
    const parameters = listUploadsParameters.parse({
      page: query.page,
      perPage: query.per_page,
      createdFrom: query.created_from,
      createdBefore: query.created_before,
    });
    const { items } = await listUploadsOfTable(actor, params.id, parameters);
    return items.map(toDcpUpload);
  },
});
