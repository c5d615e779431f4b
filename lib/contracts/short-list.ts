import { z } from 'zod';

interface ShortList<Item extends z.ZodType> {
  readonly of: Item;
  readonly most: number;
  /** What to say of an empty list, and of one that is too long. */
  readonly none?: string;
  readonly tooMany?: string;
}

/**
 * A list of a request, from one entry to `most`. Its length is looked at before its entries: each bad one costs a fault,
 * and a body has room for millions.
 */
export function shortList<Item extends z.ZodType>({ of, most, none, tooMany }: ShortList<Item>) {
  const list = z.array(of).min(1, none).max(most, tooMany);
  return z.preprocess((given: z.input<typeof list>, context) => {
    if (!Array.isArray(given) || given.length <= most) return given;
    const issue = { code: 'too_big', origin: 'array', maximum: most, inclusive: true } as const;
    context.addIssue({ ...issue, input: given, ...(tooMany ? { message: tooMany } : {}) });
    return z.NEVER;
  }, list);
}
