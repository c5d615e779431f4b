import { z } from 'zod';
import { rejectCodes } from '../core/csv/types.ts';
import { id, timeParameter, pageOf, pageParameters, timestamp } from './common.ts';

export const uploadStates = [
  'received',
  'queued',
  'processing',
  'completed',
  'completed_with_errors',
  'failed',
  'cancelled',
] as const;
export type UploadState = (typeof uploadStates)[number];
export const uploadState = z.enum(uploadStates);

export const terminalUploadStates: readonly UploadState[] = [
  'completed',
  'completed_with_errors',
  'failed',
  'cancelled',
];

export const uploadSources = ['s3', 'browser', 'api', 'bucket'] as const;
export type UploadSource = (typeof uploadSources)[number];

/** Query of `GET /api/uploads`. */
export const listUploadsParameters = pageParameters.extend({
  tableId: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  state: uploadState.optional(),
  source: z.enum(uploadSources).optional(),
  search: z.string().default(''),
  /** Arrived at this time or later. */
  createdFrom: timeParameter.optional(),
  /** Arrived before this time. */
  createdBefore: timeParameter.optional(),
});
export type ListUploadsParameters = z.infer<typeof listUploadsParameters>;

/** What went wrong with a whole file. */
export const uploadError = z.object({
  code: z.string(),
  message: z.string(),
  /** What to do about it, when there is more to say than the message does. */
  hint: z.string().optional(),
});

const uploadSummary = z.object({
  id,
  tableId: id,
  tableName: z.string(),
  /** Order among the uploads of the table; they apply in this order. */
  sequence: z.int(),
  key: z.string(),
  fileName: z.string(),
  source: z.enum(uploadSources),
  uploadedBy: z.string(),
  sizeBytes: z.int(),
  /** The file is compared with the table and never stored: the counts tell what storing it would do. */
  checkOnly: z.boolean(),
  state: uploadState,
  rowsRead: z.int(),
  /**
   * Rows that a worker came to, stored or not. More than `rowsRead` after a cancel or a failure, which leave out rows that
   * were read and not stored.
   */
  rowsReached: z.int(),
  rowsAccepted: z.int(),
  rowsRejected: z.int(),
  rowsChanged: z.int(),
  rowsCreated: z.int(),
  /**
   * Customers in the file whom the table has with the same values. Only a check that completed counts them, so that accepted rows
   * are created, changed, unchanged and repeats of a customer; null for every other upload.
   */
  rowsUnchanged: z.int().nullable(),
  /** Bytes of the file read so far. */
  bytesRead: z.int(),
  /** Of the last seconds; null while nothing is under way. */
  rowsPerSecond: z.number().nullable(),
  /** Seconds; null while it cannot be told. */
  secondsLeft: z.number().nullable(),
  error: uploadError.nullable(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type UploadSummary = z.infer<typeof uploadSummary>;

export const uploadPage = pageOf(uploadSummary);
export type UploadPage = z.infer<typeof uploadPage>;

const rejectGroup = z.object({
  code: z.enum(rejectCodes),
  /** Header name; null when the row as a whole is at fault. */
  column: z.string().nullable(),
  count: z.int(),
  /** What such a cell should look like. */
  explanation: z.string(),
});
export type RejectGroup = z.infer<typeof rejectGroup>;

const uploadWarning = z.object({
  code: z.string(),
  column: z.string().nullable(),
  count: z.int(),
  message: z.string(),
});
export type UploadWarning = z.infer<typeof uploadWarning>;

/** Answer of `GET /api/uploads/<id>`. */
export const uploadResponse = uploadSummary.extend({
  /** Nothing is in the table before the end of the file: a cancel or a failure before that stores nothing. */
  storedAtEnd: z.boolean(),
  /** Number of rejected rows that were kept and can be shown; the rest is only counted. */
  rejectsKept: z.int(),
  rejectGroups: z.array(rejectGroup),
  warnings: z.array(uploadWarning),
  /** An earlier upload of the same table with the same bytes. */
  sameContentAs: z.object({ id, fileName: z.string(), createdAt: timestamp }).nullable(),
});
export type UploadResponse = z.infer<typeof uploadResponse>;

/** Stands for "the row as a whole" where a filter names a column; no header cell can be this long. */
export const wholeRow = '(row)';

/** Query of `GET /api/uploads/<id>/rejects`; without a filter, every rejected row. */
export const listRejectsParameters = pageParameters.extend({
  code: z.enum(rejectCodes).optional(),
  /** Header name, or `wholeRow`. */
  column: z.string().optional(),
});
export type ListRejectsParameters = z.infer<typeof listRejectsParameters>;

const rejectedRow = z.object({
  line: z.int(),
  byteOffset: z.int(),
  column: z.string().nullable(),
  code: z.enum(rejectCodes),
  value: z.string().nullable(),
  message: z.string(),
  /** The row as it stood in the file, cut to 2,000 characters. */
  raw: z.string(),
});
export type RejectedRow = z.infer<typeof rejectedRow>;
export const rejectPage = pageOf(rejectedRow);
export type RejectPage = z.infer<typeof rejectPage>;
