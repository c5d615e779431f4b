import { demoResponse } from '#lib/contracts/demo.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { describeDefect, getLogger } from '#lib/http/logger.ts';
import { ownS3Endpoint } from '#lib/services/connection/s3-endpoint.ts';
import { startDemo } from '#lib/services/demo/start-demo.ts';

/** The tables are there when this answers; their files arrive in the background. */
export const POST = defineRoute({
  auth: 'session',
  response: demoResponse,
  status: 201,
  handler: async ({ actor, requestId }) => {
    const { tables, sent } = await startDemo(actor, ownS3Endpoint());
    sent.catch((error: unknown) => {
      getLogger().error({ requestId, error: describeDefect(error) }, 'a demo file was not sent');
    });
    return { tables };
  },
});
