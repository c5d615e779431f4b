import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { download } from '#lib/http/download.ts';
import { writeRejectsCsv } from '#lib/services/uploads/rejects-csv.ts';

export const GET = defineRoute({
  auth: 'token',
  params: z.object({ id: idParameter }),
  handler: async ({ actor, params }) => {
    const { fileName, body } = await writeRejectsCsv(actor, params.id);
    return download({ fileName, contentType: 'text/csv; charset=utf-8', body });
  },
});
