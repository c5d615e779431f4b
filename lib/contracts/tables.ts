import { z } from 'zod';
import { attributeResponse } from './attributes.ts';
import { id, pageOf, pageParameters, timestamp } from './common.ts';
import { uploadState } from './uploads.ts';

/** Where a visitor's browser holds the customer ID; spelled as in the REST API (reference 2.4). */
export const keyKinds = ['cookie', 'query parameter', 'js_variable', 'uid'] as const;
export type KeyKind = (typeof keyKinds)[number];

export const keyNamePattern = /^[a-zA-Z_][a-zA-Z_0-9$]*$/;

export const emptyCellRules = ['keep', 'clear'] as const;

export const tableSorts = ['name', 'rows', 'attributes', 'modified'] as const;
export type TableSort = (typeof tableSorts)[number];

const name = z.string().trim().min(1, 'Enter a name.').max(200, 'Use at most 200 characters.');
const description = z.string().trim().max(1000, 'Use at most 1,000 characters.').nullable();
const keyName = z
  .string()
  .trim()
  .max(200, 'Use at most 200 characters.')
  .regex(keyNamePattern, 'Use letters, digits, _ and $, and do not start with a digit or $.')
  .nullable();

/** Days that a file is kept after it was loaded: 0 removes it then, null keeps it until somebody deletes it. */
const keepFilesDays = z
  .int('Enter a whole number of days.')
  .min(0, 'Enter a whole number of days.')
  .max(3650, 'Use at most 3,650 days.')
  .nullable();

/** Body of `POST /api/tables`. */
export const createTableRequest = z
  .object({
    name,
    description: description.default(null),
    keyKind: z.enum(keyKinds),
    keyName: keyName.default(null),
    emptyCells: z.enum(emptyCellRules).default('keep'),
    keepFilesDays: keepFilesDays.default(null),
  })
  .refine(({ keyKind, keyName: value }) => (keyKind === 'uid') === (value === null), {
    path: ['keyName'],
    message:
      'Enter the name of the cookie, parameter or variable; the Optimizely user ID has none.',
  });
export type CreateTableRequest = z.infer<typeof createTableRequest>;

/** Body of `PATCH /api/tables/<id>`; what is left out stays. */
export const updateTableRequest = z.object({
  name: name.optional(),
  description: description.optional(),
  keyKind: z.enum(keyKinds).optional(),
  keyName: keyName.optional(),
  emptyCells: z.enum(emptyCellRules).optional(),
  keepFilesDays: keepFilesDays.optional(),
  archived: z.boolean().optional(),
});
export type UpdateTableRequest = z.infer<typeof updateTableRequest>;

/** Query of `GET /api/tables`. */
export const listTablesParameters = pageParameters.extend({
  search: z.string().default(''),
  status: z.enum(['active', 'archived', 'all']).default('active'),
  sort: z.enum(tableSorts).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
});
export type ListTablesParameters = z.infer<typeof listTablesParameters>;

const tableSummary = z.object({
  id,
  serviceId: id,
  name: z.string(),
  description: z.string().nullable(),
  isOptimizely: z.boolean(),
  keyKind: z.enum(keyKinds),
  keyName: z.string().nullable(),
  emptyCells: z.enum(emptyCellRules),
  keepFilesDays,
  archived: z.boolean(),
  attributeCount: z.int(),
  rowCount: z.int(),
  lastUpload: z
    .object({ id, fileName: z.string(), state: uploadState, createdAt: timestamp })
    .nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type TableSummary = z.infer<typeof tableSummary>;

export const tablePage = pageOf(tableSummary);
export type TablePage = z.infer<typeof tablePage>;

/** Answer of `GET /api/tables/<id>`; attributes include archived ones. */
export const tableResponse = tableSummary.extend({ attributes: z.array(attributeResponse) });
export type TableResponse = z.infer<typeof tableResponse>;

const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Query of `GET /api/tables/<id>/export` and `GET dcp_datasources/<id>/export`. */
export const exportParameters = z.object({
  format: z.enum(exportFormats, 'Use csv or ndjson.').default('csv'),
});

/** Answer of `GET /api/tables/<id>/deletion`: what is lost with the table. */
export const tableDeletionResponse = z.object({
  name: z.string(),
  rowCount: z.int(),
  attributeCount: z.int(),
  uploadCount: z.int(),
  storedBytes: z.int(),
  credentialCount: z.int(),
});
export type TableDeletionResponse = z.infer<typeof tableDeletionResponse>;

/** Body of `DELETE /api/tables/<id>`: the table's name, typed by a person. */
export const deleteTableRequest = z.object({ confirmName: z.string() });
export type DeleteTableRequest = z.infer<typeof deleteTableRequest>;
