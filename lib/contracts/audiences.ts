import { z } from 'zod';
import { conditionsText } from '../core/audience/parse-conditions.ts';
import { datatypes, datetimeFormats } from '../core/datatypes/types.ts';
import { id, idParameter, pageOf, pageParameters, timestamp } from './common.ts';

/*
 * Audiences of the dashboard's API. Conditions are always the JSON form as text, as in the REST API: `parseConditionsText`
 * reads them, `serialiseConditions` writes them. Faults in them are fields named by their path, `conditions.1.value`.
 */

const name = z.string().trim().min(1, 'Enter a name.').max(200, 'Use at most 200 characters.');
const description = z.string().trim().max(1000, 'Use at most 1,000 characters.').nullable();

/**
 * What the builder keeps beside the conditions and the server never reads: muted and unfinished rules, in a JSON of the
 * builder's own. It belongs to the version that it was saved with; a save by any other program leaves `null`. Conditions
 * never hold a muted rule, so whoever reads the audience need not know of muting.
 */
const layout = z
  .string()
  .max(512 * 1024, 'The draft is too large to be kept.')
  .nullable();

/** The JSON form as text, checked for its shape; whether its attributes exist is for the service. */
export const conditionsField = z.string().superRefine((text, context) => {
  const parsed = conditionsText.safeParse(text);
  if (parsed.success) return;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  }
});

/** Left out: the account's first project that is linked to a service. */
const projectId = id.optional();

/** Body of `POST /api/audiences`. */
export const createAudienceRequest = z.object({
  projectId,
  name,
  description: description.default(null),
  conditions: conditionsField,
  layout: layout.default(null),
});
export type CreateAudienceRequest = z.infer<typeof createAudienceRequest>;

/**
 * Body of `PUT /api/audiences/<id>`. `version` is the one that the edit began with. When somebody saved in between the
 * answer is 409, code `audience-changed`, with `fields` `version`, `updatedBy` and `updatedAt` of what is stored now; sending
 * that version then overwrites it on purpose.
 */
export const updateAudienceRequest = z.object({
  version: id,
  name,
  description,
  conditions: conditionsField,
  layout,
});
export type UpdateAudienceRequest = z.infer<typeof updateAudienceRequest>;

/** Body of `PATCH /api/audiences/<id>`. Archiving an audience that others refer to is refused (409). */
export const archiveAudienceRequest = z.object({ archived: z.boolean() });
export type ArchiveAudienceRequest = z.infer<typeof archiveAudienceRequest>;

/** Body of `POST /api/audiences/<id>/versions/<version>/restore`; `version` as in `PUT`. */
export const restoreAudienceRequest = z.object({ version: id });

export const audienceSorts = ['name', 'size', 'modified'] as const;

/** Query of `GET /api/audiences`. */
export const listAudiencesParameters = pageParameters.extend({
  projectId: idParameter.optional(),
  search: z.string().default(''),
  status: z.enum(['active', 'archived', 'all']).default('active'),
  sort: z.enum(audienceSorts).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
});
export type ListAudiencesParameters = z.infer<typeof listAudiencesParameters>;

/** The last count of a saved audience. */
const countedSize = z.object({
  size: z.int(),
  /** Profiles altogether. */
  total: z.int(),
  countedAt: timestamp,
  milliseconds: z.number(),
  /** False once the audience was saved or a file was loaded since; a new count is under way then. */
  isCurrent: z.boolean(),
});

const fault = z.object({
  /** As in the core: `[1, 'value']` is the value of the first condition of the outermost group. */
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});

const audienceLink = z.object({ id, name: z.string() });

const audienceSummary = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string().nullable(),
  /** In plain English; cut in lists. */
  words: z.string(),
  archived: z.boolean(),
  version: z.int(),
  /** What broke since it was saved, such as an attribute that was archived. */
  faultCount: z.int(),
  size: countedSize.nullable(),
  /** Audiences that refer to it. */
  usedByCount: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.string(),
});
export type AudienceSummary = z.infer<typeof audienceSummary>;

const listedAudience = audienceSummary.extend({
  /** Its last counts, the oldest first. */
  trend: z.array(z.object({ size: z.int(), countedAt: timestamp })),
});
export type ListedAudience = z.infer<typeof listedAudience>;

export const audiencePage = pageOf(listedAudience);
export type AudiencePage = z.infer<typeof audiencePage>;

/** Answer of `GET /api/audiences/<id>`. */
export const audienceResponse = audienceSummary.extend({
  conditions: z.string(),
  layout: z.string().nullable(),
  faults: z.array(fault),
  usedBy: z.array(audienceLink),
  /** Audiences that its conditions name. */
  uses: z.array(audienceLink.extend({ archived: z.boolean() })),
});
export type AudienceResponse = z.infer<typeof audienceResponse>;

const audienceVersion = z.object({
  version: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  conditions: z.string(),
  words: z.string(),
  savedAt: timestamp,
  savedBy: z.string(),
  /** The version that this one brought back. */
  restoredFrom: z.int().nullable(),
});

/** Answer of `GET /api/audiences/<id>/versions`: the latest first. */
export const audienceVersions = z.object({ versions: z.array(audienceVersion) });
export type AudienceVersions = z.infer<typeof audienceVersions>;

/** What is asked about conditions that need not be saved. */
const question = z.object({
  projectId,
  /** The audience that is edited, which must not be in itself. */
  audienceId: id.optional(),
  /** What is to be counted: leave muted and unfinished rules out. Paths in the answer are of these conditions. */
  conditions: conditionsField,
});

/**
 * Body of `POST /api/audiences/size`. `quick` answers within about 100 ms, with the exact number on small data and an estimate
 * on large; ask `exact` next when the answer says `isExact: false`. Aborting the request ends its query.
 */
export const audienceSizeRequest = question.extend({
  precision: z.enum(['quick', 'exact']).default('quick'),
  /** With what each rule and group keeps; an exact count is slower with it. */
  funnel: z.boolean().default(false),
});
export type AudienceSizeRequest = z.input<typeof audienceSizeRequest>;

const nodeSize = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  /** Profiles that this rule or group holds for, by itself. */
  size: z.int(),
  /** In an "and": profiles that this part and all parts before it hold for. Elsewhere `null`. */
  remaining: z.int().nullable(),
});

export const audienceSizeResponse = z.object({
  size: z.int(),
  isExact: z.boolean(),
  /** True in at least 95 of 100 cases when it is an estimate; equal to `size` when exact. */
  low: z.int(),
  high: z.int(),
  /** Profiles altogether. */
  total: z.int(),
  milliseconds: z.number(),
  /** Every place of the tree, the whole first (path `[]`); `null` unless asked for. As exact as `size`. */
  nodes: z.array(nodeSize).nullable(),
  /** Rules that cannot be asked; they are unknown for everybody. */
  faults: z.array(fault),
});
export type AudienceSizeResponse = z.infer<typeof audienceSizeResponse>;

/** Body of `POST /api/audiences/sample`. */
export const audienceSampleRequest = question;
export type AudienceSampleRequest = z.input<typeof audienceSampleRequest>;

/** Up to ten members, each with its values of the attributes that the conditions name. */
export const audienceSampleResponse = z.object({
  attributes: z.array(z.object({ id, name: z.string(), tableName: z.string() })),
  members: z.array(
    z.object({
      tableId: id,
      tableName: z.string(),
      customerId: z.string(),
      /** In the order of `attributes`; exact texts, `null` without a value. */
      values: z.array(z.string().nullable()),
    }),
  ),
});
export type AudienceSampleResponse = z.infer<typeof audienceSampleResponse>;

/** Body of `POST /api/audiences/test`. */
export const audienceTestRequest = question.extend({
  tableId: id,
  customerId: z.string().min(1, 'Enter a customer ID.').max(1024, 'That is too long for an ID.'),
});
export type AudienceTestRequest = z.input<typeof audienceTestRequest>;

export const verdicts = ['held', 'not', 'unknown'] as const;

interface AudienceExplanation {
  path: (string | number)[];
  kind: 'and' | 'or' | 'not' | 'attribute' | 'audience' | 'unknown';
  verdict: (typeof verdicts)[number];
  /** This place in plain English. */
  words: string;
  /** Of a rule: the profile's own value as text, `null` without one. */
  actual: string | null;
  /** Why it could not be asked. */
  reason: string | null;
  /** Below an audience, paths are of that audience's conditions. */
  parts: AudienceExplanation[];
}

const audienceExplanation: z.ZodType<AudienceExplanation> = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  kind: z.enum(['and', 'or', 'not', 'attribute', 'audience', 'unknown']),
  verdict: z.enum(verdicts),
  words: z.string(),
  actual: z.string().nullable(),
  reason: z.string().nullable(),
  parts: z.array(z.lazy(() => audienceExplanation)),
});
export type { AudienceExplanation };

/** A customer is one user, or the row itself, or all users that share the row. */
export const audienceTestResponse = z.object({
  /** At least one of the profiles is. */
  isMember: z.boolean(),
  /** How many profiles were asked. */
  profileCount: z.int(),
  /** False for a row that more users share than are asked. */
  isComplete: z.boolean(),
  /** Ten of them at most, members first. */
  profiles: z.array(
    z.object({
      tableId: id,
      tableName: z.string(),
      customerId: z.string(),
      isMember: z.boolean(),
      explanation: audienceExplanation,
    }),
  ),
});
export type AudienceTestResponse = z.infer<typeof audienceTestResponse>;

const catalogueAttribute = z.object({
  id,
  name: z.string(),
  description: z.string().nullable(),
  datatype: z.enum(datatypes),
  format: z.enum(datetimeFormats).nullable(),
  /** Archived ones cannot be used in new rules; they are here to be named. */
  archived: z.boolean(),
  /** Share of the table's rows with a value, 0 to 1; from a sample of large tables, `null` without rows. */
  fillRate: z.number().min(0).max(1).nullable(),
});
export type CatalogueAttribute = z.infer<typeof catalogueAttribute>;

/** Answer of `GET /api/audiences/attributes`: what rules can be about. */
export const audienceCatalogue = z.object({
  project: z.object({ id, name: z.string(), serviceId: id.nullable() }),
  projects: z.array(z.object({ id, name: z.string() })),
  tables: z.array(
    z.object({
      id,
      name: z.string(),
      isOptimizely: z.boolean(),
      archived: z.boolean(),
      rowCount: z.int(),
      attributes: z.array(catalogueAttribute),
    }),
  ),
});
export type AudienceCatalogue = z.infer<typeof audienceCatalogue>;

export const projectParameters = z.object({ projectId: idParameter.optional() });
export type ProjectParameters = z.infer<typeof projectParameters>;

/** Answer of `GET /api/audiences/attributes/<id>`. Values are exact texts; shares are of the rows with a value. */
export const attributeInsight = z.object({
  attributeId: id,
  rowCount: z.int(),
  /** False: from a sample of `rowsRead` rows, as everything else here then is. */
  isExact: z.boolean(),
  rowsRead: z.int(),
  fillRate: z.number().min(0).max(1).nullable(),
  /** How many different values; an estimate unless exact. */
  distinct: z.int().nullable(),
  /** Of numbers and dates. */
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** The most frequent values, at most ten, of those that at least five of the rows that were read have. */
  top: z.array(z.object({ value: z.string(), share: z.number() })),
  /** Of numbers and dates: ranges of equal width, both ends included in the last one. */
  histogram: z.array(z.object({ from: z.string(), to: z.string(), share: z.number() })),
  /** Read again after uploads and other changes, in the background. */
  computedAt: timestamp,
  /** The latest file that changed the table. */
  lastUpload: z.object({ id, fileName: z.string(), finishedAt: timestamp }).nullable(),
  /** Audiences whose own conditions name it. */
  usedBy: z.array(audienceLink),
});
export type AttributeInsight = z.infer<typeof attributeInsight>;

/** Query of `GET /api/audiences/attributes/<id>/values`: real values that start so, whatever their case. */
export const suggestValuesParameters = z.object({
  prefix: z
    .string()
    .max(200)
    .refine((prefix) => !prefix.includes('\0'), 'The text holds a NUL character.')
    .default(''),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type SuggestValuesParameters = z.infer<typeof suggestValuesParameters>;

/** The most frequent first. Not complete: a search that took too long was cut off, or there are more. */
export const suggestedValues = z.object({ values: z.array(z.string()), isComplete: z.boolean() });
export type SuggestedValues = z.infer<typeof suggestedValues>;

/** Answer of `GET /api/audiences/<id>/history`: oldest first. */
export const audienceHistory = z.object({
  counts: z.array(
    z.object({ size: z.int(), total: z.int(), countedAt: timestamp, version: z.int() }),
  ),
  /** What may have moved the size. */
  marks: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('edit'), at: timestamp, version: z.int(), by: z.string() }),
      z.object({
        kind: z.literal('upload'),
        at: timestamp,
        uploadId: id,
        fileName: z.string(),
        tableName: z.string(),
      }),
    ]),
  ),
});
export type AudienceHistory = z.infer<typeof audienceHistory>;

/** Query of `GET /api/audiences/overlap`: two or three audiences of one project, `ids=1,2,3`. */
export const overlapParameters = z.object({
  ids: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(idParameter).min(2, 'Name two or three audiences.').max(3)),
});

/** Profiles that are in exactly these audiences and in none of the others. */
export const audienceOverlap = z.object({
  audiences: z.array(audienceLink.extend({ size: z.int() })),
  regions: z.array(z.object({ ids: z.array(id), size: z.int() })),
  total: z.int(),
  milliseconds: z.number(),
});
export type AudienceOverlap = z.infer<typeof audienceOverlap>;

/** Query of `GET /api/audiences/<id>/breakdown`. */
export const breakdownParameters = z.object({ attributeId: idParameter });

/** Members by their value of one attribute: the twenty most frequent, all others, and those without a value. */
export const audienceBreakdown = z.object({
  attribute: z.object({ id, name: z.string(), tableName: z.string() }),
  size: z.int(),
  values: z.array(z.object({ value: z.string(), size: z.int() })),
  others: z.int(),
  withoutValue: z.int(),
  milliseconds: z.number(),
});
export type AudienceBreakdown = z.infer<typeof audienceBreakdown>;

/** Query of `GET /api/audiences/<id>/members.csv`: IDs of one table, or all IDs of each member. */
export const exportMembersParameters = z.object({ tableId: idParameter.optional() });
