import type { Latencies } from './live-traffic.ts';
import type { Measurements } from './measurements.ts';
import type { Promised } from './must-hold.ts';

/** Names of the steps that promises are about. */
export const steps = {
  limit: 'raw COPY, then the key (the limit)',
  copyTenth: 'raw COPY of a tenth',
  copyWithKey: 'COPY with the key in place, into a tenth',
  firstLoad: 'ours: first load of an empty table',
  allWrong: 'ours: every row wrong',
  mostlyNew: 'ours: 90 % new rows, into a tenth',
  changed: 'ours: a tenth in eleven tenths, all changed',
  unchanged: 'ours: a tenth in eleven tenths, all unchanged',
  firstLoadBeside: 'ours: first load, beside lookups and writes',
  mostlyNewBeside: 'ours: 90 % new rows, beside lookups and writes',
  changedBeside: 'ours: a tenth, all changed, beside lookups and writes',
  prisma: 'csv-parse + zod + Prisma createMany',
  papaparse: 'papaparse + multi-row upsert',
} as const;

/** During which customers are looked up and written. */
export const besideSteps: ReadonlySet<string> = new Set([
  steps.firstLoadBeside,
  steps.mostlyNewBeside,
  steps.changedBeside,
]);

const mostMegabytes = 300;
/** Milliseconds. */
const slowestRequest = 50;
const longestLockWait = 100;

/** What must hold of a run, by what was measured. */
export function ingestPromises(
  run: Measurements,
  latencies: ReadonlyMap<string, Latencies>,
): Promised[] {
  const seconds = (step: keyof typeof steps) => run.get(steps[step])?.seconds ?? null;
  const speed = (step: keyof typeof steps) => {
    const measured = run.get(steps[step]);
    return measured && measured.rows / measured.seconds;
  };
  const ratio = (above: number | null, below: number | null) =>
    above === null || below === null ? null : above / below;
  const copyTenth = seconds('copyTenth');
  /** `null` without the COPY that it is compared with. */
  const besideCopy = (step: keyof typeof steps) => (copyTenth === null ? null : seconds(step));
  const mebibytes = run.all().flatMap(({ loader }) => loader.memory ?? []);
  const most = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
  const seen = [...latencies.values()];
  return [
    {
      promise: 'first load / the limit',
      measured: ratio(seconds('firstLoad'), seconds('limit')),
      kind: 'at most',
      bound: 1.4,
    },
    {
      promise: '90 % new into a tenth / COPY with the key in place',
      measured: ratio(seconds('mostlyNew'), seconds('copyWithKey')),
      kind: 'at most',
      bound: 0.75,
    },
    {
      promise: 'a tenth changed, seconds (2.2 of its raw COPY, and 5)',
      measured: besideCopy('changed'),
      kind: 'at most',
      bound: 2.2 * (copyTenth ?? 0) + 5,
    },
    {
      promise: 'a tenth unchanged, seconds (1.2 of its raw COPY, and 3)',
      measured: besideCopy('unchanged'),
      kind: 'at most',
      bound: 1.2 * (copyTenth ?? 0) + 3,
    },
    {
      promise: 'rows/s of a first load / csv-parse + zod + Prisma',
      measured: ratio(speed('firstLoad'), speed('prisma')),
      kind: 'at least',
      bound: 20,
    },
    {
      promise: 'every row wrong / first load',
      measured: ratio(seconds('allWrong'), seconds('firstLoad')),
      kind: 'at most',
      bound: 1,
    },
    {
      promise: 'peak memory of the worker, MB',
      measured: most(mebibytes.map((size) => (size * 1024 ** 2) / 1e6)),
      kind: 'at most',
      bound: mostMegabytes,
    },
    {
      promise: 'p99 of lookups during a load, ms',
      measured: most(seen.map(({ lookups }) => lookups.p99)),
      kind: 'at most',
      bound: slowestRequest,
    },
    {
      promise: 'p99 of writes during a load, ms',
      measured: most(seen.map(({ writes }) => writes.p99)),
      kind: 'at most',
      bound: slowestRequest,
    },
    {
      promise: 'longest wait of a request for a lock, ms',
      measured: most(seen.map(({ lockWait }) => lockWait)),
      kind: 'at most',
      bound: longestLockWait,
    },
  ];
}
