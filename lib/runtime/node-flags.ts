import type { Role } from '#lib/config/config.ts';

/**
 * Flags of Node for a role. The edge handles bytes by the gigabyte and keeps none of them: it collects their buffers when it knows
 * that there are some (`GarbageCollector`), so that its nursery may be of the usual size, which the profile API needs: a quarter of it takes
 * 7 % of the lookups. The worker's bytes pass by without becoming objects, too: a nursery that grows as it likes costs it a hundred
 * megabytes and gains nothing.
 */
export const nodeFlags: Record<Role, readonly string[]> = {
  web: [],
  edge: ['--max-semi-space-size=16', '--expose-gc'],
  worker: ['--max-semi-space-size=8'],
};

/** Variables for a role. Buffers of a role's threads share one heap of the C library, which gives back more. */
export const nodeEnvironment: Record<Role, Readonly<Record<string, string>>> = {
  web: {},
  edge: { MALLOC_ARENA_MAX: '1' },
  worker: { MALLOC_ARENA_MAX: '1' },
};
