import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { getBookmark } from '#lib/services/connection.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  handler: async ({ actor, params, request }) => {
    const { fileName, content } = await getBookmark(actor, {
      tableId: params.id,
      dashboardHost: request.headers.get('host'),
    });
    return download({ fileName, contentType: 'application/x-cyberduck-bookmark', body: content });
  },
});
