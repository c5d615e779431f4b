import type { FastifyInstance } from 'fastify';
import {
  deleteAliases,
  getAliases,
  setAliases,
  type UserAliases,
} from '../../services/aliases/aliases.ts';
import { authenticate } from './authenticate.ts';
import { readOtherTable, readRowAddress } from './read-address.ts';

const user = '/api/alias/:service/:table/:customerId';

/** Who an Optimizely user is in other tables: `/api/alias/<service>/<Optimizely table>/<user ID>`. */
export function registerAliases(app: FastifyInstance): void {
  app.get(user, async (request) => {
    const actor = await authenticate(request);
    return toAnswer(await getAliases(actor, readRowAddress(request.params)));
  });

  app.post(user, async (request, reply) => {
    const actor = await authenticate(request);
    await setAliases(actor, readRowAddress(request.params), request.body);
    return reply.code(201).send();
  });

  app.delete(user, async (request, reply) => {
    const actor = await authenticate(request);
    await deleteAliases(actor, readRowAddress(request.params));
    return reply.code(204).send();
  });

  app.delete(`${user}/:otherTable`, async (request, reply) => {
    const actor = await authenticate(request);
    const otherTable = readOtherTable(request.params);
    await deleteAliases(actor, readRowAddress(request.params), otherTable);
    return reply.code(204).send();
  });
}

function toAnswer({ table, customerId, aliases }: UserAliases) {
  return {
    dcpServiceId: String(table.serviceId),
    datasourceId: String(table.id),
    customerId,
    data: Object.fromEntries(aliases),
  };
}
