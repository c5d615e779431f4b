import { z } from 'zod';
import { ExactNumber } from '../datatypes/exact-number.ts';
import { matchTypes, type ConditionValue, type Scalar } from './condition.ts';
import { MAX_LISTED_VALUES } from './limits.ts';

const id = z.int('An id is a whole number.').min(1).max(2_147_483_647);

/** A list is looked at as a whole: a fault for each of its values would fill the memory. */
const value = z.custom<ConditionValue>().superRefine((given: unknown, context) => {
  const message = faultOf(given);
  if (message !== null) context.addIssue({ code: 'custom', message });
});

function faultOf(given: unknown): string | null {
  const values = Array.isArray(given) ? given : [given];
  if (values.length === 0) return 'Enter at least one value.';
  if (values.length > MAX_LISTED_VALUES) {
    return `Use at most ${MAX_LISTED_VALUES.toLocaleString('en')} values.`;
  }
  if (values.every(isScalar)) return null;
  return Array.isArray(given)
    ? 'A value of a list is a text, a number, true or false.'
    : 'A value is a text, a number, true, false or a list of those.';
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof ExactNumber;
}

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
