import { z } from 'zod';
import { customerAudiences, type CustomerAudiences } from '../contracts/profile-api.ts';
import type {
  createV1AudienceRequest,
  updateV1AudienceRequest,
  v1AudienceSizeRequest,
} from '../contracts/v1/audiences.ts';
import {
  v1Audience,
  v1AudienceSize,
  v1Members,
  type V1Audience,
} from '../contracts/v1/audiences.ts';
import type { RowAddress } from './profiles.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/audiences';

export interface AudienceMember {
  readonly dcp_datasource_id: number;
  readonly customer_id: string;
}

export class Audiences {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(project: number): Promise<V1Audience[]> {
    return this.#transport.read({ path: pathIn(project) }, z.array(v1Audience));
  }

  create(project: number, body: z.input<typeof createV1AudienceRequest>): Promise<V1Audience> {
    return this.#transport.read({ method: 'POST', path: pathIn(project), body }, v1Audience);
  }

  get(id: number): Promise<V1Audience> {
    return this.#transport.read({ path: `${base}/${id}` }, v1Audience);
  }

  /** Changes what is named; `{ archived: true }` archives. */
  update(id: number, body: z.input<typeof updateV1AudienceRequest>): Promise<V1Audience> {
    return this.#transport.read({ method: 'PUT', path: `${base}/${id}`, body }, v1Audience);
  }

  /** How many profiles conditions choose, whether an audience of the project has them or not. */
  size(
    project: number,
    body: z.input<typeof v1AudienceSizeRequest>,
  ): Promise<z.infer<typeof v1AudienceSize>> {
    const path = `${pathIn(project)}/size`;
    return this.#transport.read({ method: 'POST', path, body }, v1AudienceSize);
  }

  /** Everybody who is in it, in a fixed order; pages are fetched as they are needed. */
  async *members(id: number): AsyncGenerator<AudienceMember> {
    let after: string | null = null;
    do {
      const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`;
      const path = `${base}/${id}/members${query}`;
      const page: z.infer<typeof v1Members> = await this.#transport.read({ path }, v1Members);
      yield* page.members;
      after = page.next;
    } while (after !== null);
  }

  /** The audiences that a customer is in now. */
  of({ service, table, customerId }: RowAddress): Promise<CustomerAudiences> {
    const path = `/api/audiences/${service}/${table}/${encodeURIComponent(customerId)}`;
    return this.#transport.read({ path }, customerAudiences);
  }
}

function pathIn(project: number): string {
  return `/experiment/v1/projects/${project}/audiences`;
}
