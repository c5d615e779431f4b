import { z } from 'zod';
import { timestamp } from './common.ts';

/** Seconds between two looks. */
export const pollSeconds = [60, 300, 900, 3600, 86_400] as const;

/** An address and nothing else: what is behind the host would be taken for a part of the key. */
function isBaseAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  return (
    /^https?:$/.test(protocol) && username + password + search + hash === '' && pathname === '/'
  );
}

const place = z.object({
  /** null for Amazon S3 itself. */
  endpoint: z
    .string()
    .trim()
    .max(500, 'Use at most 500 characters.')
    .refine(isBaseAddress, 'Enter an address such as https://s3.example.com, without a path.')
    .nullable()
    .default(null),
  bucket: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/,
      'Enter the name of the bucket: letters, digits, dots and hyphens.',
    ),
  region: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,50}$/, 'Enter a region such as us-east-1.'),
  /** Start of the keys, without a slash before it; empty for the whole bucket. */
  prefix: z
    .string()
    .max(900, 'Use at most 900 characters.')
    .transform((value) => value.trim().replace(/^\/+/, ''))
    .default(''),
});

/** Body of `POST /api/tables/<id>/watched-bucket`. */
export const saveWatchedBucketRequest = place.extend({
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{3,128}$/, 'Enter the access key ID.'),
  /** null keeps the stored one, as long as server, bucket and access key stay. */
  secretAccessKey: z.string().trim().min(1).max(200, 'Use at most 200 characters.').nullable(),
  pollSeconds: z.union(pollSeconds.map((seconds) => z.literal(seconds))).default(300),
  /** Whether files that are there already are loaded, too; asked when the watch begins. */
  loadExisting: z.boolean().default(true),
});
export type SaveWatchedBucketRequest = z.infer<typeof saveWatchedBucketRequest>;

/** Body of `PATCH /api/tables/<id>/watched-bucket`. */
export const pauseWatchedBucketRequest = z.object({ paused: z.boolean() });

export const watchedBucketResponse = z.object({
  ...place.shape,
  accessKeyId: z.string(),
  pollSeconds: z.int(),
  paused: z.boolean(),
  /** Files last changed before this are left alone. */
  since: timestamp.nullable(),
  lastLookAt: timestamp.nullable(),
  /** null while paused. */
  nextLookAt: timestamp.nullable(),
  /** Why the last look came to an early end. */
  lastError: z.string().nullable(),
  filesLoaded: z.int(),
  /** Files that cannot be loaded, the latest first. */
  problems: z.array(z.object({ key: z.string(), problem: z.string(), seenAt: timestamp })),
});
export type WatchedBucketResponse = z.infer<typeof watchedBucketResponse>;
