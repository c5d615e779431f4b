import { z } from 'zod';

export const id = z.int().positive();
const idText = /^[1-9]\d{0,9}$/;
/** Ids are 32-bit integers. */
export const largestId = 2_147_483_647;

/** For path and query parameters, which arrive as text. */
export const idParameter = z
  .string()
  .regex(idText, 'An id is a whole number.')
  .transform(Number)
  .pipe(z.number().max(largestId, 'There is no such id.'));

/** As `idParameter`, where each microsecond counts; null for what is no id. */
export function parseId(text: string): number | null {
  const value = idText.test(text) ? Number(text) : Number.NaN;
  return value <= largestId ? value : null;
}

/** ISO 8601, UTC, as `Date.prototype.toISOString` writes it. */
export const timestamp = z.iso.datetime();

export const pageParameters = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  perPage: z.coerce.number().int().min(1).max(200).default(25),
});

/** One page of a list, with the number of all items that match. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.int().min(0) });
}

/** Every error answer of every HTTP interface but S3. `uuid` is the request id. */
export const errorResponse = z.object({
  message: z.string(),
  uuid: z.string(),
  code: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
});
export type ErrorResponse = z.infer<typeof errorResponse>;
