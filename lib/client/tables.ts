import { z } from 'zod';
import { exportedRow, type ExportedRow } from '../contracts/profile-api.ts';
import type { ExportFormat } from '../contracts/tables.ts';
import type {
  createDcpDatasourceRequest,
  updateDcpDatasourceRequest,
} from '../contracts/v1/dcp-datasources.ts';
import { dcpDatasource, type DcpDatasource } from '../contracts/v1/dcp-datasources.ts';
import { readLines } from './read-lines.ts';
import type { Transport } from './transport.ts';

const base = '/experiment/v1/dcp_datasources';

export class Tables {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(service: number): Promise<DcpDatasource[]> {
    return this.#transport.read({ path: pathIn(service) }, z.array(dcpDatasource));
  }

  create(
    service: number,
    body: z.input<typeof createDcpDatasourceRequest>,
  ): Promise<DcpDatasource> {
    return this.#transport.read({ method: 'POST', path: pathIn(service), body }, dcpDatasource);
  }

  get(id: number): Promise<DcpDatasource> {
    return this.#transport.read({ path: `${base}/${id}` }, dcpDatasource);
  }

  /** Changes what is named; `{ archived: true }` archives. */
  update(id: number, body: z.input<typeof updateDcpDatasourceRequest>): Promise<DcpDatasource> {
    return this.#transport.read({ method: 'PUT', path: `${base}/${id}`, body }, dcpDatasource);
  }

  /** The table goes with its rows. */
  delete(id: number): Promise<void> {
    return this.#transport.run({ method: 'DELETE', path: `${base}/${id}` });
  }

  /** All rows as a file, as they stand at one moment. */
  export(
    id: number,
    { format }: { readonly format: ExportFormat },
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.#transport.stream({ path: `${base}/${id}/export?format=${format}` });
  }

  /** All rows one by one, as they stand at one moment; memory stays flat. */
  async *rows(id: number): AsyncGenerator<ExportedRow> {
    for await (const line of readLines(await this.export(id, { format: 'ndjson' }))) {
      yield exportedRow.parse(JSON.parse(line));
    }
  }
}

function pathIn(service: number): string {
  return `/experiment/v1/dcp_services/${service}/dcp_datasources`;
}
