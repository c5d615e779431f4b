import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { rejectCodes, type Reject } from '#lib/core/csv/types.ts';

const record = z.object({
  line: z.number(),
  byteOffset: z.number(),
  column: z.string().nullable(),
  code: z.enum(rejectCodes),
  value: z.string().nullable(),
  quoteLine: z.number().optional(),
  raw: z.string(),
  encoding: z.enum(['utf8', 'base64']),
});

/** One line of a segment of rejects: JSON that keeps every byte of the row. */
export function encodeReject({ raw, ...facts }: Reject): string {
  const encoding = isUtf8(raw) ? 'utf8' : 'base64';
  return `${JSON.stringify({ ...facts, raw: raw.toString(encoding), encoding })}\n`;
}

export function decodeReject(line: string): Reject {
  const { raw, encoding, quoteLine, ...facts } = record.parse(JSON.parse(line));
  return {
    ...facts,
    raw: Buffer.from(raw, encoding),
    ...(quoteLine === undefined ? {} : { quoteLine }),
  };
}
