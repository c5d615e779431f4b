import type { FastifyInstance } from 'fastify';
import { findAudiencesOf } from '../../services/audiences/audiences-of-customer.ts';
import { withActor } from './authenticate.ts';
import { readRowAddress } from './read-address.ts';

/** The audiences that a customer is in: `/api/audiences/<service>/<table>/<customer ID>`. */
export function registerAudiences(app: FastifyInstance): void {
  app.get('/api/audiences/:service/:table/:customerId', (request) =>
    withActor(request, (actor, facts) =>
      findAudiencesOf(actor, readRowAddress(request.params), facts),
    ),
  );
}
