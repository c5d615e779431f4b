import type { FastifyInstance } from 'fastify';
import type { AppError } from '../../core/errors.ts';
import { getCustomerProfiles, setCustomerProfiles } from '../../services/profiles/batches.ts';
import { renderProfile } from '../../services/profiles/profile-json.ts';
import { authenticate } from './authenticate.ts';
import { readTableAddress } from './read-address.ts';
import { statusOf } from './render-error.ts';

const table = '/api/customer_profiles/:service/:table';

/** Many rows of one table by one call, with a verdict for each. */
export function registerBatches(app: FastifyInstance): void {
  app.post(table, async (request) => {
    const actor = await authenticate(request);
    const verdicts = await setCustomerProfiles(
      actor,
      readTableAddress(request.params),
      request.body,
    );
    const refused = verdicts.filter(({ error }) => error !== null).length;
    return {
      written: verdicts.length - refused,
      refused,
      results: verdicts.map(({ customerId, error }) => ({
        customerId,
        ...(error ? describe(error) : { status: 201 }),
      })),
    };
  });

  app.post(`${table}/lookup`, async (request, reply) => {
    const actor = await authenticate(request);
    const rows = await getCustomerProfiles(actor, readTableAddress(request.params), request.body);
    const results = rows.map(({ customerId, profile }) =>
      profile
        ? `{"status":200,${renderProfile(profile).slice(1)}`
        : JSON.stringify({ status: 404, customerId }),
    );
    return reply.type('application/json; charset=utf-8').send(`{"results":[${results.join(',')}]}`);
  });
}

function describe(error: AppError) {
  const { code, message, fields } = error;
  return { status: statusOf(error), code, message, ...(fields ? { fields } : {}) };
}
