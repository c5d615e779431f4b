import type { TableResponse } from '../../contracts/tables.ts';
import { dcpAttributeInTable } from '../../contracts/v1/dcp-datasource-attributes.ts';
import type { DcpDatasource } from '../../contracts/v1/dcp-datasources.ts';
import type { Actor } from '../../services/actor.ts';
import { s3PathOf } from '../../services/connection/s3-endpoint.ts';
import { readAccessKeys } from '../../services/tables/read-access-keys.ts';
import { toDcpAttribute } from './to-dcp-attribute.ts';
import { toV1Timestamp } from './to-timestamp.ts';

export async function toDcpDatasources(
  actor: Actor,
  tables: readonly TableResponse[],
): Promise<DcpDatasource[]> {
  const keys = await readAccessKeys(
    actor,
    tables.map((table) => table.id),
  );
  return tables.map((table) => ({
    id: table.id,
    archived: table.archived,
    attributes: table.attributes
      .toSorted((a, b) => a.id - b.id)
      .map((attribute) => dcpAttributeInTable.parse(toDcpAttribute(attribute))),
    dcp_service_id: table.serviceId,
    name: table.name,
    description: table.description,
    is_optimizely: table.isOptimizely,
    keyfield_locator_type: table.keyKind,
    keyfield_locator_name: table.keyName,
    s3_path: s3PathOf(table),
    aws_access_key: keys.get(table.id)?.accessKeyId ?? null,
    aws_secret_key: keys.get(table.id)?.secretAccessKey ?? null,
    created: toV1Timestamp(table.createdAt),
    last_modified: toV1Timestamp(table.updatedAt),
  }));
}

export async function toDcpDatasource(actor: Actor, table: TableResponse): Promise<DcpDatasource> {
  const [datasource] = await toDcpDatasources(actor, [table]);
  if (!datasource) throw new Error('A table has no v1 form.');
  return datasource;
}
