import { z } from 'zod';
import { datatypes, datetimeFormats } from '../core/datatypes/types.ts';
import { id, timestamp } from './common.ts';
import { shortList } from './short-list.ts';

export const attributeResponse = z.object({
  id,
  tableId: id,
  name: z.string(),
  description: z.string().nullable(),
  datatype: z.enum(datatypes),
  format: z.enum(datetimeFormats).nullable(),
  isValuePublic: z.boolean(),
  archivedAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type AttributeResponse = z.infer<typeof attributeResponse>;

const description = z.string().trim().max(1000, 'Use at most 1,000 characters.').nullable();

/** Body of `POST /api/tables/<id>/attributes`. */
export const createAttributeRequest = z
  .object({
    // The rule itself is lib/core/datatypes/attribute-name.ts, applied by the service and the form.
    name: z.string().min(1, 'Enter a name.').max(200, 'Use at most 200 characters.'),
    description: description.default(null),
    datatype: z.enum(datatypes),
    format: z.enum(datetimeFormats).nullable().default(null),
    isValuePublic: z.boolean().default(false),
  })
  .refine(({ datatype, format }) => (datatype === 'datetime') === (format !== null), {
    path: ['format'],
    message: 'A datetime needs a format; the other datatypes have none.',
  });
export type CreateAttributeRequest = z.infer<typeof createAttributeRequest>;

/** Body of `POST /api/tables/<id>/attributes/bulk`; all are created or none. */
export const createAttributesRequest = z.object({
  attributes: shortList({ of: createAttributeRequest, most: 1000 }),
});
export type CreateAttributesRequest = z.infer<typeof createAttributesRequest>;

/** Body of `PATCH /api/attributes/<id>`. */
export const updateAttributeRequest = z.object({
  description: description.optional(),
  isValuePublic: z.boolean().optional(),
  archived: z.boolean().optional(),
  // These never change; they may come back as they were read, and anything else is refused by name.
  name: z.unknown().optional(),
  datatype: z.unknown().optional(),
  format: z.unknown().optional(),
});
export type UpdateAttributeRequest = z.infer<typeof updateAttributeRequest>;

/** Answer of `GET /api/tables/<id>/insights`: attributes whose values were looked at. */
export const tableInsights = z.object({
  attributes: z.array(
    z.object({
      attributeId: id,
      /** Share of the table's rows with a value; `null` without rows. */
      fillRate: z.number().min(0).max(1).nullable(),
    }),
  ),
});
export type TableInsights = z.infer<typeof tableInsights>;
