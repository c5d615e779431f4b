import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  deleteCustomerProfile,
  getCustomerProfile,
  setCustomerProfile,
} from '../../services/profiles.ts';
import { getConsolidatedProfile } from '../../services/profiles/consolidated.ts';
import { renderProfile } from '../../services/profiles/profile-json.ts';
import { authenticate, withActor } from './authenticate.ts';
import { readRowAddress, readUserAddress } from './read-address.ts';

const row = '/api/customer_profile/:service/:table/:customerId';

/** Reads, writes and deletes one row, and shows all that is known of an Optimizely user. */
export function registerCustomerProfiles(app: FastifyInstance): void {
  app.get(row, async (request, reply) => {
    const profile = await withActor(request, (actor, facts) =>
      getCustomerProfile(actor, readRowAddress(request.params), facts),
    );
    return sendJson(reply, renderProfile(profile));
  });

  app.post(row, async (request, reply) => {
    await withActor(request, (actor, facts) => {
      const write = { customer: readRowAddress(request.params), body: request.body };
      return setCustomerProfile(actor, write, facts);
    });
    // An empty body, as Optimizely answers.
    return reply.code(201).send();
  });

  app.delete(row, async (request, reply) => {
    const actor = await authenticate(request);
    await deleteCustomerProfile(actor, readRowAddress(request.params));
    return reply.code(204).send();
  });

  app.get('/api/consolidatedCustomerView/:service/:table/:customerId', async (request, reply) => {
    const actor = await authenticate(request);
    const profiles = await getConsolidatedProfile(actor, readRowAddress(request.params));
    return sendJson(reply, `[${profiles.map(renderProfile).join(',')}]`);
  });

  // The forms of 2015 and 2016, which name the service alone.
  for (const name of ['consolidatedCustomerView', 'consolidated_customer_profile_view']) {
    app.get(`/api/${name}/:service/:customerId`, async (request, reply) => {
      const actor = await authenticate(request);
      const profiles = await getConsolidatedProfile(actor, readUserAddress(request.params));
      return sendJson(reply, `[${profiles.map(renderProfile).join(',')}]`);
    });
  }
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}
