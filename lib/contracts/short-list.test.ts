import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAttributesRequest } from './attributes.ts';
import { readBatchBody, writeBatchBody } from './profile-api.ts';
import { shortList } from './short-list.ts';
import { createTokenRequest } from './tokens.ts';
import { createWebhookRequest } from './webhooks.ts';

test.each<[string, z.ZodType, string]>([
  ['attributes', createAttributesRequest, 'attributes'],
  ['customer IDs', readBatchBody, 'customerIds'],
  ['rows', writeBatchBody, 'profiles'],
  ['rights', createTokenRequest, 'scopes'],
  ['events', createWebhookRequest, 'events'],
])('a million bad %s are one fault', (_name, schema, field) => {
  const issues = schema.safeParse({ [field]: Array(1_000_000).fill(1) }).error?.issues ?? [];
  expect(issues.filter(({ path }) => path[0] === field).map(({ code }) => code)).toEqual([
    'too_big',
  ]);
});

test('a list that is short is read like any other', () => {
  const list = shortList({ of: z.string(), most: 2, none: 'Send one.', tooMany: 'Send two.' });
  const messagesOf = (given: unknown) =>
    list.safeParse(given).error?.issues.map(({ message }) => message);
  expect(list.parse(['a', 'b'])).toEqual(['a', 'b']);
  expect(messagesOf([])).toEqual(['Send one.']);
  expect(messagesOf(['a', 'b', 'c'])).toEqual(['Send two.']);
  expect(messagesOf('a')).toEqual(['Invalid input: expected array, received string']);
});
