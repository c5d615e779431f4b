import type { Role } from '#lib/config/config.ts';

/**
 * Flags of Node for a role. The edge handles bytes by the gigabyte and keeps none of them: it collects their buffers when it knows
 * that there are some (`noteReceived`), and has a small nursery, which saves memory. Half of this would save more, and spend a
 * fifth of the profile API's time on collecting. The worker's bytes pass by without becoming objects, too: a nursery that grows as it
 * likes costs it a hundred megabytes and gains nothing.
 */
export const nodeFlags: Record<Role, readonly string[]> = {
  web: [],
  edge: ['--max-semi-space-size=4', '--expose-gc'],
  worker: ['--max-semi-space-size=8'],
};

/**
 * Variables for a role. Roles that handle buffers by the gigabyte have one heap of the C library for all threads, and buffers
 * of more than 64 KiB outside of it, always: it would raise that bound as it sees them come and go, and the holes that they then leave
 * in its heap had the worker grow to 600 MiB over a file of 10 GiB of which it kept 60.
 */
const returningMemory = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536' } as const;

export const nodeEnvironment: Record<Role, Readonly<Record<string, string>>> = {
  web: {},
  edge: returningMemory,
  worker: returningMemory,
};
