import { z } from 'zod';
import type { Attribute } from '#lib/db/generated/client.ts';
import type { AttributeResponse } from '../../contracts/attributes.ts';
import { datatypes, datetimeFormats } from '../../core/datatypes/types.ts';

const datatype = z.enum(datatypes);
const format = z.enum(datetimeFormats).nullable();

export function toAttributeResponse(attribute: Attribute): AttributeResponse {
  return {
    id: attribute.id,
    tableId: attribute.tableId,
    name: attribute.name,
    description: attribute.description,
    datatype: datatype.parse(attribute.datatype),
    format: format.parse(attribute.format),
    isValuePublic: attribute.isValuePublic,
    archivedAt: attribute.archivedAt?.toISOString() ?? null,
    createdAt: attribute.createdAt.toISOString(),
    updatedAt: attribute.updatedAt.toISOString(),
  };
}
