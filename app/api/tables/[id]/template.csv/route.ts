import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { getTemplate } from '#lib/services/connection/template.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: z.object({ example: z.enum(['0', '1']).default('0') }),
  handler: async ({ actor, params, query }) => {
    const { fileName, content } = await getTemplate(actor, {
      tableId: params.id,
      hasExample: query.example === '1',
    });
    return download({ fileName, contentType: 'text/csv; charset=utf-8', body: content });
  },
});
