import { defineRoute } from '#lib/http/define-route.ts';
import { requireReady } from '#lib/services/health.ts';

export const GET = defineRoute({
  auth: 'none',
  handler: async () => {
    await requireReady();
    return { status: 'ok' };
  },
});
