import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { idParameter } from '../../contracts/common.ts';
import { errors } from '../../core/errors.ts';
import {
  getCustomerProfile,
  setCustomerProfile,
  type CustomerReference,
} from '../../services/profiles.ts';
import { renderProfile } from '../../services/profiles/profile-json.ts';
import { authenticate } from './authenticate.ts';

const path = '/api/customer_profile/:service/:table/:customerId';
const parameters = z.object({ service: z.string(), table: z.string(), customerId: z.string() });

/** Reads and writes one row: `/api/customer_profile/<service>/<table>/<customer ID>`. */
export function registerCustomerProfiles(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const actor = await authenticate(request);
    const profile = await getCustomerProfile(actor, readReference(request.params));
    return reply.type('application/json; charset=utf-8').send(renderProfile(profile));
  });

  app.post(path, async (request, reply) => {
    const actor = await authenticate(request);
    const reference = readReference(request.params);
    await setCustomerProfile(actor, reference, request.body);
    // An empty body, as Optimizely answers.
    return reply.code(201).send();
  });
}

function readReference(params: unknown): CustomerReference {
  const { service, table, customerId } = parameters.parse(params);
  return {
    serviceId: readId('service', service),
    tableId: readId('table', table),
    customerId,
  };
}

/** What is no id names nothing that exists. */
function readId(what: string, text: string): number {
  const parsed = idParameter.safeParse(text);
  if (!parsed.success) throw errors.notFound(what, text);
  return parsed.data;
}
