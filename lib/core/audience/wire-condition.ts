import { z } from 'zod';
import { ExactNumber } from '../datatypes/exact-number.ts';
import { matchTypes } from './condition.ts';
import { MAX_LISTED_VALUES } from './limits.ts';

const id = z.int('An id is a whole number.').min(1).max(2_147_483_647);

const scalar = z.union(
  [z.string(), z.number(), z.boolean(), z.instanceof(ExactNumber)],
  'A value is a text, a number, true or false.',
);

const value = z.union(
  [
    scalar,
    z
      .array(scalar)
      .min(1, 'Enter at least one value.')
      .max(MAX_LISTED_VALUES, `Use at most ${MAX_LISTED_VALUES.toLocaleString('en')} values.`)
      .readonly(),
  ],
  'A value is a text, a number, true, false or a list of those.',
);

const matchType = z.enum(matchTypes, 'There is no such match type.').optional();

const attributeLeaf = z
  .strictObject({
    type: z.literal('external_attribute'),
    dcp_datasource_id: id,
    dcp_datasource_attribute_id: id,
    match_type: matchType,
    /** The same by the name that Optimizely's snippet and SDKs have for it; read, and never written. */
    match: matchType,
    value: value.optional(),
    ignore_case: z.boolean('ignore_case is true or false.').optional(),
  })
  .refine(({ match_type: type, match = type }) => type === undefined || match === type, {
    path: ['match'],
    message: 'match is another name of match_type: leave one of them out.',
  });

const audienceLeaf = z.strictObject({ type: z.literal('audience'), audience_id: id });

/** A leaf of the JSON form. */
export const wireLeaf = z.discriminatedUnion('type', [attributeLeaf, audienceLeaf], {
  error: 'The type of a condition is "external_attribute" or "audience".',
});
export type WireLeaf = z.infer<typeof wireLeaf>;

/** The JSON form: Optimizely's nested arrays over leaves of our own. */
export type WireCondition =
  WireLeaf | readonly [] | readonly ['and' | 'or' | 'not', ...WireCondition[]];
