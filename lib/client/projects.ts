import { z } from 'zod';
import type { createV1ProjectRequest, updateV1ProjectRequest } from '../contracts/v1/projects.ts';
import { v1Project, type V1Project } from '../contracts/v1/projects.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/projects';

export class Projects {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(): Promise<V1Project[]> {
    return this.#transport.read({ path: base }, z.array(v1Project));
  }

  create(body: z.input<typeof createV1ProjectRequest>): Promise<V1Project> {
    return this.#transport.read({ method: 'POST', path: base, body }, v1Project);
  }

  get(id: number): Promise<V1Project> {
    return this.#transport.read({ path: `${base}/${id}` }, v1Project);
  }

  /** Changes what is named; `dcp_service_id` links the project to a service. */
  update(id: number, body: z.input<typeof updateV1ProjectRequest>): Promise<V1Project> {
    return this.#transport.read({ method: 'PUT', path: `${base}/${id}`, body }, v1Project);
  }
}
