import { z } from 'zod';
import { id } from '../common.ts';
import { keyKinds, keyNamePattern } from '../tables.ts';
import { v1Boolean, v1Description, v1Name, v1Timestamp } from './common.ts';
import { dcpAttributeInTable } from './dcp-datasource-attributes.ts';

/** A table (reference 2.4). The key pair is null for tokens that may not see it. */
export const dcpDatasource = z.object({
  id,
  archived: z.boolean(),
  attributes: z.array(dcpAttributeInTable),
  dcp_service_id: id,
  name: z.string(),
  description: z.string().nullable(),
  is_optimizely: z.boolean(),
  keyfield_locator_type: z.enum(keyKinds),
  keyfield_locator_name: z.string().nullable(),
  s3_path: z.string(),
  aws_access_key: z.string().nullable(),
  aws_secret_key: z.string().nullable(),
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type DcpDatasource = z.infer<typeof dcpDatasource>;

const locatorType = z.enum(
  keyKinds,
  `Use one of ${keyKinds.map((kind) => `"${kind}"`).join(', ')}.`,
);
const locatorName = z
  .string('Use a text or null.')
  .max(200, 'Use at most 200 characters.')
  .regex(keyNamePattern, 'Use letters, digits, _ and $, and do not start with a digit or $.')
  .nullable();

/** Body of `POST dcp_services/<id>/dcp_datasources`. */
export const createDcpDatasourceRequest = z
  .object({
    name: v1Name,
    description: v1Description.default(null),
    keyfield_locator_type: locatorType,
    keyfield_locator_name: locatorName.default(null),
  })
  .refine(
    ({ keyfield_locator_type: type, keyfield_locator_name: name }) =>
      (type === 'uid') === (name === null),
    {
      path: ['keyfield_locator_name'],
      message: 'Required, unless keyfield_locator_type is "uid"; then it is null.',
    },
  );

/** Body of `PUT dcp_datasources/<id>`; other fields may come back as they were read. */
export const updateDcpDatasourceRequest = z.looseObject({
  name: v1Name.optional(),
  description: v1Description.optional(),
  keyfield_locator_type: locatorType.optional(),
  keyfield_locator_name: locatorName.optional(),
  archived: v1Boolean.optional(),
});
