import { z } from 'zod';
import type {
  createDcpServiceRequest,
  updateDcpServiceRequest,
} from '../contracts/v1/dcp-services.ts';
import { dcpService, type DcpService } from '../contracts/v1/dcp-services.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/dcp_services';

export class Services {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(): Promise<DcpService[]> {
    return this.#transport.read({ path: base }, z.array(dcpService));
  }

  create(body: z.input<typeof createDcpServiceRequest>): Promise<DcpService> {
    return this.#transport.read({ method: 'POST', path: base, body }, dcpService);
  }

  get(id: number): Promise<DcpService> {
    return this.#transport.read({ path: `${base}/${id}` }, dcpService);
  }

  update(id: number, body: z.input<typeof updateDcpServiceRequest>): Promise<DcpService> {
    return this.#transport.read({ method: 'PUT', path: `${base}/${id}`, body }, dcpService);
  }

  /** Of a service without tables of its own. */
  delete(id: number): Promise<void> {
    return this.#transport.run({ method: 'DELETE', path: `${base}/${id}` });
  }
}
