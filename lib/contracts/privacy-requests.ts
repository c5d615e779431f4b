import { z } from 'zod';
import { checkCustomerId } from '../core/datatypes/customer-id.ts';
import { explainCustomerIdFault } from '../core/datatypes/explain-fault.ts';
import { id, pageOf, pageParameters, timestamp } from './common.ts';

export const privacyRequestKinds = ['access', 'delete'] as const;
export type PrivacyRequestKind = (typeof privacyRequestKinds)[number];

/** `dcp_id`: the ID by which any table knows the customer. */
export const identifierTypes = ['dcp_id', 'optimizely_end_user_id'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

export const privacyRequestStates = [
  'queued',
  'searching',
  'awaiting_confirmation',
  'erasing',
  'completed',
  'failed',
  'cancelled',
] as const;
export type PrivacyRequestState = (typeof privacyRequestStates)[number];

/** Longest ID that can be asked about, as in Optimizely's API. */
const maxIdentifierLength = 355;

/** Days that an erasure of the dashboard waits for its confirmation. */
export const confirmationDays = 30;

export const privacyIdentifier = z
  .string('Enter a customer ID.')
  .min(1, 'Enter a customer ID.')
  .max(maxIdentifierLength, `Use at most ${maxIdentifierLength} characters.`)
  .superRefine((identifier, context) => {
    const checked = checkCustomerId(identifier);
    if (!checked.ok) context.addIssue(explainCustomerIdFault(checked.error));
  });

/** Body of `POST /api/privacy-requests`. */
export const createPrivacyRequest = z.object({
  kind: z.enum(privacyRequestKinds),
  identifierType: z.enum(identifierTypes),
  identifier: privacyIdentifier,
  /** The only table whose customer IDs are meant; null for all. */
  tableId: id.nullable().default(null),
});
export type CreatePrivacyRequest = z.infer<typeof createPrivacyRequest>;

/** Body of `POST /api/privacy-requests/<id>/confirm`: the ID once more. */
export const confirmPrivacyRequest = z.object({ confirmIdentifier: z.string() });
export type ConfirmPrivacyRequest = z.infer<typeof confirmPrivacyRequest>;

const file = z.object({
  /** null for a file that was never an upload. */
  uploadId: id.nullable(),
  tableName: z.string(),
  fileName: z.string(),
  rows: z.int(),
});

/** What was found; lists are cut at a hundred, numbers are complete. */
const privacyFindings = z.object({
  /** Tables with rows that are the customer's. */
  tables: z.array(
    z.object({
      tableId: id,
      tableName: z.string(),
      rows: z.int(),
      /** Those of the rows that were found through an alias. */
      linkedRows: z.int(),
    }),
  ),
  /** Aliases to or from the customer. */
  aliases: z.int(),
  fileCount: z.int(),
  files: z.array(file),
  rejectedRows: z.int(),
  /** Failed uploads whose message quotes the ID. */
  messages: z.int(),
  /** Uploads whose file name has the ID in it. */
  fileNames: z.int(),
  /** Entries of the audit trail that name the ID. */
  auditEntries: z.int(),
  /** Rows of other tables that are linked to the customer and to others, and so were left alone. */
  sharedRows: z.int(),
  unsearchedCount: z.int(),
  unsearched: z.array(
    z.object({ tableName: z.string(), fileName: z.string(), reason: z.string() }),
  ),
  /** Buckets of your own that are watched: what lies there is yours to erase. */
  watchedBuckets: z.array(z.object({ tableName: z.string(), place: z.string() })),
  searched: z.object({ tables: z.int(), files: z.int() }),
  /** Rows that somebody wrote again while the erasure was under way. */
  rowsWrittenAgain: z.int(),
});
export type PrivacyFindings = z.infer<typeof privacyFindings>;

const privacyProgress = z.object({
  step: z.enum(['rows', 'files', 'rejects', 'writing', 'waiting', 'removing']),
  filesDone: z.int(),
  filesTotal: z.int(),
  bytesDone: z.int(),
  bytesTotal: z.int(),
  /** Uploads that came before the request and are still to be loaded. */
  waitingFor: z.array(z.object({ uploadId: id, fileName: z.string() })),
});
export type PrivacyProgress = z.infer<typeof privacyProgress>;

export const privacyRequestSummary = z.object({
  id,
  kind: z.enum(privacyRequestKinds),
  identifierType: z.enum(identifierTypes),
  /** null once the request has ended and the ID is not kept any more. */
  identifier: z.string().nullable(),
  table: z.object({ id, name: z.string() }).nullable(),
  state: z.enum(privacyRequestStates),
  askedBy: z.string(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  /** What it failed with, or was cancelled for by itself. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** The export, while it can be downloaded. */
  result: z.object({ sizeBytes: z.int(), expiresAt: timestamp }).nullable(),
});
export type PrivacyRequestSummary = z.infer<typeof privacyRequestSummary>;

/** Answer of `GET /api/privacy-requests`, the latest first. */
export const privacyRequestPage = pageOf(privacyRequestSummary);
export type PrivacyRequestPage = z.infer<typeof privacyRequestPage>;

export const listPrivacyRequestsParameters = pageParameters;
export type ListPrivacyRequestsParameters = z.infer<typeof listPrivacyRequestsParameters>;

/** Answer of `GET /api/privacy-requests/<id>`. */
export const privacyRequestResponse = privacyRequestSummary.extend({
  progress: privacyProgress.nullable(),
  findings: privacyFindings.nullable(),
  /** Rows that are linked to others, too, while the request keeps IDs. */
  sharedRows: z.array(
    z.object({
      tableId: id,
      tableName: z.string(),
      customerId: z.string(),
      otherUsers: z.int(),
    }),
  ),
});
export type PrivacyRequestResponse = z.infer<typeof privacyRequestResponse>;
