import type { Role } from '#lib/config/config.ts';

/**
 * Flags of Node for a role. The edge handles bytes by the gigabyte and keeps none of them: it collects their buffers when it knows
 * that there are some (`GarbageCollector`), so that its nursery may be of the usual size, which the profile API needs: a quarter of it takes
 * 7 % of the lookups. The worker's bytes pass by without becoming objects, too: a nursery that grows as it likes costs it a hundred
 * megabytes and gains nothing; it has all garbage collected now and then, as the edge does.
 */
export const nodeFlags: Record<Role, readonly string[]> = {
  web: [],
  edge: ['--max-semi-space-size=16', '--expose-gc'],
  worker: ['--max-semi-space-size=8', '--expose-gc'],
};

/**
 * Variables for a role. Buffers of a role's threads share one heap of the C library, which gives back more. The worker's larger
 * buffers lie outside of it, always: the library would raise that bound as it sees them come and go, and the holes that they then leave
 * in its heap had the worker grow to 600 MiB over a file of 10 GiB, of which it kept 60. (The edge reads requests into buffers of that size,
 * thousands of small ones a second, for which the heap is faster.)
 */
export const nodeEnvironment: Record<Role, Readonly<Record<string, string>>> = {
  web: {},
  edge: { MALLOC_ARENA_MAX: '1' },
  worker: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536' },
};
