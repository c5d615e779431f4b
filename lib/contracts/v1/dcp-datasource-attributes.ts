import { z } from 'zod';
import { datatypes, datetimeFormats } from '../../core/datatypes/types.ts';
import { id } from '../common.ts';
import { v1Boolean, v1Description, v1Timestamp } from './common.ts';

/** The form inside a table (reference 2.5). */
export const dcpAttributeInTable = z.object({
  id,
  name: z.string(),
  description: z.string().nullable(),
  datatype: z.enum(datatypes),
  format: z.enum(datetimeFormats).nullable(),
  is_value_public: z.boolean(),
  archived: z.boolean(),
});

/** The form in the list of a table's attributes. */
export const dcpAttributeInList = dcpAttributeInTable.extend({ dcp_datasource_id: id });

export const dcpAttribute = dcpAttributeInList.extend({
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type DcpAttribute = z.infer<typeof dcpAttribute>;

/** Body of `POST dcp_datasources/<id>/dcp_datasource_attributes`. */
export const createDcpAttributeRequest = z
  .object({
    // The rule of lib/core/datatypes/attribute-name.ts is applied by the service.
    name: z.string('A text is required.'),
    description: v1Description.default(null),
    datatype: z.enum(datatypes, `Use one of ${datatypes.join(', ')}.`),
    format: z
      .enum(datetimeFormats, `Use one of ${datetimeFormats.join(', ')}.`)
      .nullable()
      .default(null),
    is_value_public: v1Boolean.default(false),
  })
  .refine(({ datatype, format }) => (datatype === 'datetime') === (format !== null), {
    path: ['format'],
    message: `A datetime has one of the formats ${datetimeFormats.join(', ')}; the other datatypes have none.`,
  });

/** Body of `PUT dcp_datasource_attributes/<id>`; other fields may come back as they were read. */
export const updateDcpAttributeRequest = z.looseObject({
  description: v1Description.optional(),
  is_value_public: v1Boolean.optional(),
  archived: v1Boolean.optional(),
});
