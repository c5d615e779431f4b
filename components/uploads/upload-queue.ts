import { findUploadOfKey, startBrowserUpload } from '#lib/queries/uploads.ts';
import { checkFile, type TargetTable } from './check-file.ts';
import { isCancellable, isUnderWay, type QueuedFile, type TransferStep } from './queued-file.ts';
import { sendFile } from './send-file.ts';
import { TransferRate } from './transfer-rate.ts';

const nothing: readonly QueuedFile[] = [];

/**
 * The files on their way into one table. Lives outside React, so that transfers go on while the user looks
 * at other pages. Files go one after the other: uploads of a table apply in the order their PUTs end, and
 * that shall be the order of the list.
 */
export class UploadQueue {
  #files = nothing;
  #nextId = 1;
  #isSending = false;
  readonly #listeners = new Set<() => void>();
  readonly #aborts = new Map<number, AbortController>();

  subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  getFiles = (): readonly QueuedFile[] => this.#files;

  add(files: readonly File[], table: TargetTable): void {
    const added = files.map((file): QueuedFile => ({
      id: this.#nextId++,
      file,
      step: { kind: 'checking' },
    }));
    this.#publish([...this.#files, ...added]);
    for (const { id } of added) void this.#check(id, Promise.resolve(table));
  }

  /** Checks the file again, against the table as it is by now, and sends it from the start. */
  retry(id: number, readTable: () => Promise<TargetTable>): void {
    const queued = this.#find(id);
    if (!queued || isUnderWay(queued)) return;
    this.#setStep(id, { kind: 'checking' });
    void this.#check(id, readTable());
  }

  cancel(id: number): void {
    const queued = this.#find(id);
    if (!queued || !isCancellable(queued)) return;
    this.#aborts.get(id)?.abort();
    this.#setStep(id, { kind: 'cancelled' });
  }

  /** Takes a file off the list; the upload it became, if any, goes on. */
  dismiss(id: number): void {
    this.#publish(this.#files.filter((file) => file.id !== id));
  }

  async #check(id: number, reading: Promise<TargetTable>): Promise<void> {
    const table = await reading;
    const queued = this.#find(id);
    if (!queued) return;
    const fault = await checkFile(queued.file, table);
    if (this.#find(id)?.step.kind === 'checking') {
      this.#setStep(id, fault ? { kind: 'refused', fault } : { kind: 'waiting' });
    }
    await this.#sendWaiting(table);
  }

  async #sendWaiting(table: TargetTable): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#nextToSend(); next; next = this.#nextToSend()) {
      await this.#send(next, table);
    }
    this.#isSending = false;
  }

  /** A file that is still being checked holds those behind it back: the order is the list's. */
  #nextToSend(): QueuedFile | undefined {
    const first = this.#files.find(isUnderWay);
    return first?.step.kind === 'waiting' ? first : undefined;
  }

  async #send({ id, file }: QueuedFile, table: TargetTable): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    const rate = new TransferRate(file.size);
    const report = (sentBytes: number) => {
      if (abort.signal.aborted) return;
      const speed = rate.add(sentBytes, performance.now());
      this.#setStep(id, { kind: 'sending', sentBytes, ...speed });
    };
    report(0);
    try {
      const target = await startBrowserUpload(
        table.id,
        { fileName: file.name, sizeBytes: file.size },
        abort.signal,
      );
      await sendFile({ file, target, signal: abort.signal, onProgress: report });
      const uploadId = await findUploadOfKey(table.id, target.key, abort.signal).catch(() => null);
      this.#setStep(id, { kind: 'sent', uploadId });
    } catch (error) {
      if (abort.signal.aborted) return;
      const message = error instanceof Error ? error.message : 'The transfer broke.';
      this.#setStep(id, { kind: 'broken', message });
    } finally {
      this.#aborts.delete(id);
    }
  }

  #find(id: number): QueuedFile | undefined {
    return this.#files.find((file) => file.id === id);
  }

  #setStep(id: number, step: TransferStep): void {
    this.#publish(this.#files.map((file) => (file.id === id ? { ...file, step } : file)));
  }

  #publish(files: readonly QueuedFile[]): void {
    this.#files = files;
    for (const notify of this.#listeners) notify();
    guardTab();
  }
}

const queues = new Map<number, UploadQueue>();

/** One queue per table and tab. */
export function uploadQueueOf(tableId: number): UploadQueue {
  const existing = queues.get(tableId);
  if (existing) return existing;
  const queue = new UploadQueue();
  queues.set(tableId, queue);
  return queue;
}

/** Closing the tab would break a transfer, so the browser asks first; it is silent otherwise. */
function guardTab(): void {
  const isBusy = [...queues.values()].some((queue) => queue.getFiles().some(isUnderWay));
  if (isBusy) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
