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

const timeExample = 'Use a time such as 2022-05-04T14:55:23Z.';

/** ISO 8601, UTC or with an offset, from 1970 to 9998: a time that a database knows, too. */
export const timeParameter = z.iso
  .datetime({ offset: true, error: timeExample })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(9999), timeExample);

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
