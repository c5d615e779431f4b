import { getDb } from '#lib/db/client.ts';
import { withSessionLock } from '#lib/db/session-lock.ts';
import { countProfiles } from '#lib/store/audience/count-profiles.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { tallyMembers } from '#lib/store/audience/tally-members.ts';
import { readActivity } from '#lib/store/insight/table-activity.ts';
import type { Connection, Pool } from '#lib/store/pool.ts';
import { inTransaction } from '#lib/store/transaction.ts';
import { besideNoLoad, LoadComesFirstError } from '../../uploads/tables-under-load.ts';
import { bindConditions } from '../../../core/audience/bind-conditions.ts';
import { loadCatalog, storedCondition } from '../load-catalog.ts';
import { loadProfileSpace } from '../load-space.ts';
import { findDueAudiences, sumOf, type DueAudience } from './find-due.ts';
import { planBatches } from './plan-batches.ts';
import { recordCounts } from './record-counts.ts';

export interface RecountOptions {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** Left out for now, such as one that could not be counted before. */
  readonly isPaused: (audienceId: number) => boolean;
  /** Is told of an audience that cannot be counted. */
  readonly onFailure: (audienceId: number, error: unknown) => void;
}

const lockClass = 0x0dc90004;

/**
 * Counts the saved audiences whose size may have moved: those of the same tables together, in one pass. On one processor of the
 * database, and one service at a time in the whole installation, so that nobody counts the same twice.
 *
 * @returns how many were counted.
 */
export async function recountAudiences(options: RecountOptions): Promise<number> {
  const find = async () => (await findDueAudiences()).filter(({ id }) => !options.isPaused(id));
  const services = new Set((await find()).map(({ serviceId }) => serviceId));
  let counted = 0;
  for (const serviceId of services) {
    if (serviceId === null) continue;
    await withSessionLock(options.pool, { lockClass, id: serviceId }, async () => {
      // Another worker may have counted since.
      const due = (await find()).filter((one) => one.serviceId === serviceId);
      counted += await recountService(serviceId, due, options);
    });
  }
  return counted;
}

async function recountService(
  serviceId: number,
  due: readonly DueAudience[],
  options: RecountOptions,
): Promise<number> {
  if (due.length === 0) return 0;
  const round = new Round(serviceId, options);
  let counted = 0;
  for (const batch of await planBatches(due)) {
    options.signal.throwIfAborted();
    counted += await round.count(batch);
  }
  return counted;
}

/** One go through a service's audiences. */
class Round {
  readonly #serviceId: number;
  readonly #options: RecountOptions;
  /** Profiles altogether, which are the same for all of them. */
  #total: number | undefined;

  constructor(serviceId: number, options: RecountOptions) {
    this.#serviceId = serviceId;
    this.#options = options;
  }

  /** One that cannot be counted must not keep the others from it. */
  async count(batch: readonly DueAudience[]): Promise<number> {
    const { signal, onFailure } = this.#options;
    try {
      return await this.#countTogether(batch);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LoadComesFirstError) return 0;
      const [only] = batch;
      if (only && batch.length === 1) {
        onFailure(only.id, error);
        return 0;
      }
    }
    let counted = 0;
    for (const audience of batch) counted += await this.count([audience]);
    return counted;
  }

  async #countTogether(batch: readonly DueAudience[]): Promise<number> {
    const { pool, signal } = this.#options;
    const tableIds = [...new Set(batch.flatMap((audience) => audience.tableIds))];
    // Before any row is read: what changes meanwhile is counted again.
    const activity = await readActivity(pool, tableIds);
    const space = await loadProfileSpace(getDb(), this.#serviceId);
    const found = await bindBatch(batch, this.#serviceId);
    const conditions = found.map(({ condition }) => condition);
    const started = performance.now();
    const work = (stop: AbortSignal) =>
      inTransaction(
        pool,
        async (connection) => {
          await stayInTheBackground(connection);
          const total = await this.#countAll(connection, space);
          return {
            total,
            ...(await tallyMembers(connection, conditions, { space, now: new Date() })),
          };
        },
        { signal: stop },
      );
    const isUrgent = batch.some((audience) => audience.isUrgent);
    const { sizes, total, countedAt } = isUrgent
      ? await work(signal)
      : await besideNoLoad({ tableIds, signal }, work);
    const milliseconds = Math.round((performance.now() - started) / Math.max(1, found.length));
    await recordCounts(
      found.map(({ audience, version }, index) => {
        const size = sizes[index] ?? 0;
        return {
          ...{ audienceId: audience.id, version, basis: audience.basis },
          ...{ size, total: Math.max(total, size), milliseconds, countedAt },
          activity: sumOf(activity, audience.tableIds),
        };
      }),
    );
    return found.length;
  }

  async #countAll(connection: Connection, space: ProfileSpace): Promise<number> {
    this.#total ??= await countProfiles(connection, space);
    return this.#total;
  }
}

/** As they are now; one that was edited since its standing was read has another basis, and is counted again. */
async function bindBatch(batch: readonly DueAudience[], serviceId: number) {
  const projectId = batch[0]?.projectId ?? 0;
  const rows = await getDb().audience.findMany({
    where: { id: { in: batch.map(({ id }) => id) }, project: { serviceId } },
    select: { id: true, version: true, conditions: true },
  });
  const stored = rows.map(storedCondition);
  const catalog = await loadCatalog(getDb(), { projectId, serviceId }, stored);
  return rows.flatMap(({ id, version, ...row }) => {
    const audience = batch.find((one) => one.id === id);
    const { condition } = bindConditions(storedCondition(row), { catalog, audienceId: id });
    return audience ? [{ audience, version, condition }] : [];
  });
}

async function stayInTheBackground(connection: Connection): Promise<void> {
  await connection.query(`SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off;
    SET LOCAL work_mem = '64MB'; SET LOCAL statement_timeout = '15min'`);
}
