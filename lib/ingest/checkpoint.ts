import { z } from 'zod';
import type { Column, Position } from '#lib/core/csv/types.ts';
import { valueTypes } from '#lib/core/datatypes/types.ts';

const position = z.object({ byteOffset: z.number(), line: z.number() });

const column = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer-id'), name: z.string() }),
  z.object({
    kind: z.literal('attribute'),
    name: z.string(),
    attributeId: z.number(),
    type: z.enum(valueTypes),
  }),
  z.object({ kind: z.literal('ignored'), name: z.string() }),
]) satisfies z.ZodType<Column>;

const plan = z.object({
  columns: z.array(column),
  delimiter: z.enum([',', '\t']),
  lineEnd: z.enum(['\n', '\r\n', '\r']).nullable(),
  emptyCells: z.enum(['keep', 'clear']),
  /**
   * `first-load`: into tables that become the table at the end. `merge`: batch by batch into the table itself.
   * `check`: as a first load, and compared with the table at the end.
   */
  way: z.enum(['first-load', 'merge', 'check']).default('merge'),
});

const checkpoint = z.object({
  /** `null` until the header was read. */
  plan: plan.nullable().default(null),
  /** Number of the batch that begins at `next`. */
  batch: z.number().default(0),
  next: position.default({ byteOffset: 0, line: 1 }),
  /** Where that batch ends, once its partitions are being merged: they must never see another one. */
  pendingEnd: position.nullable().default(null),
  /** Of the stored object, up to `next`. */
  bytesRead: z.number().default(0),
  keptRejects: z.number().default(0),
  keptRejectBytes: z.number().default(0),
  /** Attempt in which the work last got further. */
  attempt: z.number().default(0),
  /** Mishaps since then. */
  failures: z.number().default(0),
});

/**
 * How a file is read, fixed when its header was read for the first time, so that a worker that takes over
 * goes on the same way whatever was changed in the table meanwhile.
 */
export type Plan = z.infer<typeof plan>;

/** Everything that a worker needs to go on where another one stopped. */
export type Checkpoint = z.infer<typeof checkpoint>;

/** @param stored `Upload.checkpoint`; `null` before the first attempt. */
export function parseCheckpoint(stored: unknown): Checkpoint {
  return checkpoint.parse(stored ?? {});
}

/**
 * Whether nothing of the file is in the table before its end: the work goes on beside the table.
 *
 * @param stored as for `parseCheckpoint`
 */
export function isStoredAtEnd(stored: unknown): boolean {
  return parseCheckpoint(stored).plan?.way === 'first-load';
}

export function isBefore(left: Position, right: Position): boolean {
  return left.byteOffset < right.byteOffset;
}
