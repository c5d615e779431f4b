import type { Attribute } from '#lib/db/generated/client.ts';
import type { StoredColumn } from '#lib/store/names.ts';
import { valueTypeOf } from '../../core/datatypes/types.ts';
import { toAttributeResponse } from '../attributes/to-attribute-response.ts';

/** Where the values of an attribute are. */
export function columnOf(attribute: Attribute): StoredColumn {
  const { datatype, format } = toAttributeResponse(attribute);
  return { attributeId: attribute.id, type: valueTypeOf(datatype, format) };
}
