import { z } from 'zod';
import { id, timestamp } from './common.ts';
import { shortList } from './short-list.ts';

/** What a token may be used for. Writing the configuration includes reading it; profiles are apart. */
export const tokenScopes = [
  'read-configuration',
  'write-configuration',
  'read-profiles',
  'write-profiles',
  'read-secrets',
] as const;
export type TokenScope = (typeof tokenScopes)[number];
export const tokenScope = z.enum(tokenScopes);

/** A classic API token as it is listed: everything but the token. */
export const tokenResponse = z.object({
  id,
  name: z.string(),
  /** First characters, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(tokenScope),
  /** The only service that it sees; null for all of the account. */
  service: z.object({ id, name: z.string() }).nullable(),
  /** Whose rights it has. */
  owner: z.object({ id: z.string(), name: z.string() }),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
});
export type TokenResponse = z.infer<typeof tokenResponse>;

/** Body of `POST /api/tokens`. */
export const createTokenRequest = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(200, 'Use at most 200 characters.'),
  scopes: shortList({ of: tokenScope, most: 100, none: 'Choose at least one right.' }).transform(
    (scopes) => tokenScopes.filter((scope) => scopes.includes(scope)),
  ),
  serviceId: id.nullable().default(null),
  /** Days; null for a token that does not expire. */
  expiresInDays: z.int().min(1).max(3650).nullable().default(null),
});
export type CreateTokenRequest = z.infer<typeof createTokenRequest>;

/** The token itself is shown now or never. */
export const createTokenResponse = tokenResponse.extend({ token: z.string() });
export type CreateTokenResponse = z.infer<typeof createTokenResponse>;

/** Services of the account, for choices; answer of `GET /api/services`. */
export const serviceChoice = z.object({ id, name: z.string() });
