import type { IngestContext } from '#lib/ingest/ingest-upload.ts';
import { runUpload, type RunOutcome } from '#lib/ingest/run-upload.ts';
import { ClaimLostError, claimUpload } from '#lib/store/upload-claim.ts';
import { WorkerSession, type WaitingUpload } from '#lib/store/worker-session.ts';
import { Backoff } from './backoff.ts';
import { Wake } from './wake.ts';

/** What a worker tells about itself; never a customer's value. */
export interface WorkerLog {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
}

export interface WorkerOptions {
  readonly context: IngestContext;
  readonly log: WorkerLog;
  /** Tables that are loaded at the same time. */
  readonly concurrency?: number;
  /** Milliseconds between two looks at the queue when nobody calls. */
  readonly pollInterval?: number;
}

interface Job {
  readonly uploadId: number;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

const defaultConcurrency = 2;
const defaultPollInterval = 2_000;

/**
 * Takes uploads off the queue and loads them: those of one table in their order, those of several tables
 * side by side. Any number of workers may run; a table's lock decides who loads it.
 *
 * @example
 * const worker = new Worker({ context, log });
 * const ended = worker.run();
 * await worker.stop();
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #concurrency: number;
  readonly #pollInterval: number;
  readonly #wake = new Wake();
  readonly #stop = new AbortController();
  /** By table. */
  readonly #jobs = new Map<number, Job>();
  /** By table, while the first upload of its queue has to be tried again later. */
  readonly #tableBackoff = new Map<number, Backoff>();
  #ended: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#concurrency = options.concurrency ?? defaultConcurrency;
    this.#pollInterval = options.pollInterval ?? defaultPollInterval;
  }

  /** Works until `stop`; survives every loss of the database. */
  run(): Promise<void> {
    this.#ended ??= this.#runSessions();
    return this.#ended;
  }

  /** Leaves uploads under way as they are: another worker goes on exactly there. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The worker is stopping.'));
    this.#wake.call();
    await this.#ended;
  }

  async #runSessions(): Promise<void> {
    const backoff = new Backoff();
    while (!this.#stop.signal.aborted) {
      try {
        const session = await WorkerSession.open(this.#options.context.pool);
        backoff.reset();
        await this.#runSession(session);
      } catch (error) {
        this.#options.log.warn({ error }, 'The database cannot be reached; trying again.');
        backoff.fail();
        await this.#wake.wait(backoff.remaining());
      }
    }
  }

  async #runSession(session: WorkerSession): Promise<void> {
    const end = (reason: string) => {
      for (const { stop } of this.#jobs.values()) stop.abort(new Error(reason));
    };
    session.on('wake', () => this.#wake.call());
    session.on('lost', () => {
      // The locks went with the session: somebody else may be loading these tables already.
      end('The connection that holds the locks was lost.');
      this.#wake.call();
    });
    try {
      while (!session.isLost && !this.#stop.signal.aborted) {
        await this.#dispatch(session);
        await this.#wake.wait(this.#pollInterval);
      }
    } finally {
      end('The worker is stopping.');
      await Promise.all([...this.#jobs.values()].map(({ done }) => done));
      session.close();
    }
  }

  async #dispatch(session: WorkerSession): Promise<void> {
    await this.#stopEnded(session);
    if (this.#jobs.size >= this.#concurrency) return;
    for (const { tableId } of await session.listWaiting()) {
      if (this.#jobs.size >= this.#concurrency) return;
      if (this.#jobs.has(tableId) || this.#isPaused(tableId)) continue;
      const upload = await session.lock(tableId);
      if (upload) this.#begin(session, upload);
    }
  }

  /** A cancel wakes the workers, so that the one at work stops at once. */
  async #stopEnded(session: WorkerSession): Promise<void> {
    const jobs = [...this.#jobs.values()];
    const ended = new Set(await session.listEnded(jobs.map(({ uploadId }) => uploadId)));
    for (const { uploadId, stop } of jobs) {
      if (ended.has(uploadId)) stop.abort(new ClaimLostError(uploadId));
    }
  }

  #isPaused(tableId: number): boolean {
    return (this.#tableBackoff.get(tableId)?.remaining() ?? 0) > 0;
  }

  #begin(session: WorkerSession, upload: WaitingUpload): void {
    const { tableId, uploadId } = upload;
    const stop = new AbortController();
    const done = this.#work(upload, stop.signal).finally(async () => {
      await session.unlock(tableId).catch(() => undefined);
      this.#jobs.delete(tableId);
      this.#wake.call();
    });
    this.#jobs.set(tableId, { uploadId, stop, done });
  }

  async #work(upload: WaitingUpload, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const outcome = await this.#load(upload, signal);
    if (!outcome) return;
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    this.#report({ ...upload, seconds }, outcome);
    if (outcome.kind === 'retry') this.#pause(upload.tableId);
    else this.#tableBackoff.delete(upload.tableId);
  }

  async #load(upload: WaitingUpload, signal: AbortSignal): Promise<RunOutcome | null> {
    const { context, log } = this.#options;
    try {
      const claim = await claimUpload(context.pool, upload);
      if (!claim) return null;
      log.info({ ...upload, attempt: claim.attempt }, 'Loading an upload.');
      return await runUpload(context, claim, signal);
    } catch (error) {
      return { kind: 'retry', cause: error };
    }
  }

  #pause(tableId: number): void {
    const backoff = this.#tableBackoff.get(tableId) ?? new Backoff();
    backoff.fail();
    this.#tableBackoff.set(tableId, backoff);
  }

  #report(facts: Record<string, unknown>, outcome: RunOutcome): void {
    const { log } = this.#options;
    switch (outcome.kind) {
      case 'completed':
        log.info(facts, 'Loaded an upload.');
        return;
      case 'failed':
        log.warn(
          { ...facts, code: outcome.report.code, error: outcome.cause },
          'An upload failed.',
        );
        return;
      case 'stopped':
        log.info(facts, 'Stopped loading an upload.');
        return;
      case 'retry':
        log.warn({ ...facts, error: outcome.cause }, 'Loading an upload went wrong; trying again.');
    }
  }
}
