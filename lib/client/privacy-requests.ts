import { z } from 'zod';
import type { createSubjectAccessRequest } from '../contracts/v2/subject-access-requests.ts';
import {
  subjectAccessRequest,
  type SubjectAccessRequest,
} from '../contracts/v2/subject-access-requests.ts';
import type { Transport } from './transport.ts';

const base = '/v2/subject-access-requests';
const perPage = 100;

export class PrivacyRequests {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The latest first; pages are fetched as they are needed. */
  async *list(): AsyncGenerator<SubjectAccessRequest> {
    for (let page = 1; ; page += 1) {
      const path = `${base}?page=${page}&per_page=${perPage}`;
      const requests = await this.#transport.read({ path }, z.array(subjectAccessRequest));
      yield* requests;
      if (requests.length < perPage) return;
    }
  }

  /** Has a worker gather what is held about a customer, or erase it for good. */
  create(body: z.input<typeof createSubjectAccessRequest>): Promise<SubjectAccessRequest> {
    return this.#transport.read({ method: 'POST', path: base, body }, subjectAccessRequest);
  }

  get(id: number): Promise<SubjectAccessRequest> {
    return this.#transport.read({ path: `${base}/${id}` }, subjectAccessRequest);
  }

  /** The zip file of a request for access that has ended, for seven days. */
  export(id: number): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.#transport.stream({ path: `${base}/${id}/export` });
  }
}
