import type { AttributeResponse } from '../../contracts/attributes.ts';
import type { DcpAttribute } from '../../contracts/v1/dcp-datasource-attributes.ts';
import { toV1Timestamp } from './to-timestamp.ts';

/** The full form; the schema of a list cuts it to the short one. */
export function toDcpAttribute(attribute: AttributeResponse): DcpAttribute {
  return {
    id: attribute.id,
    dcp_datasource_id: attribute.tableId,
    name: attribute.name,
    description: attribute.description,
    datatype: attribute.datatype,
    format: attribute.format,
    is_value_public: attribute.isValuePublic,
    archived: attribute.archivedAt !== null,
    created: toV1Timestamp(attribute.createdAt),
    last_modified: toV1Timestamp(attribute.updatedAt),
  };
}
