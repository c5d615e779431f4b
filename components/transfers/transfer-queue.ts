import { checkFile, type TargetTable } from '#components/uploads/check-file.ts';
import { openAsking, openQuietly, type ChosenFile } from './chosen-file.ts';
import { describeDifference, isSameFile } from './compare-files.ts';
import { FileList } from './file-list.ts';
import { fingerprintOf } from './fingerprint.ts';
import { OtherTabs } from './other-tabs.ts';
import {
  isCancellable,
  isPausable,
  isUnderWay,
  isUnfinished,
  type QueuedFile,
} from './queued-file.ts';
import { forgetFile, recallFiles, rememberFile } from './remembered-files.ts';
import { sendQueuedFile } from './send-queued-file.ts';
import { tellArrival } from './tell-arrival.ts';
import { abortTransfer } from './transfer-file.ts';

interface Destination {
  readonly table: TargetTable;
  /** Nothing of the file is to be stored. */
  readonly checkOnly: boolean;
}

/**
 * The files on their way from this tab into tables. Lives outside React, so that transfers go on while the user looks
 * at other pages. Files of one table go one after the other: uploads apply in the order in which they arrive, and that
 * shall be the order of the list. One that is paused, interrupted or broken lets the next ones pass.
 */
class TransferQueue {
  readonly #list = new FileList();
  readonly #running = new Map<string, AbortController>();
  #userId: string | null = null;

  readonly subscribe = this.#list.subscribe;
  readonly getFiles = this.#list.getAll;

  /** Takes up what this person's earlier pages left unfinished. To be called before anything else. */
  async open(userId: string): Promise<void> {
    if (this.#userId === userId) return;
    this.#userId = userId;
    const tabs = new OtherTabs(() =>
      this.getFiles()
        .filter(isUnfinished)
        .map(({ id }) => id),
    );
    const remembered = await recallFiles(userId);
    if (remembered.length === 0) return;
    const theirs = await tabs.findTheirs();
    for (const file of remembered) {
      if (theirs.has(file.id) || this.#list.find(file.id)) continue;
      this.#list.add({ ...file, file: null, step: { kind: 'interrupted', problem: null } });
    }
    for (const { id, handle } of remembered) {
      const chosen = handle && (await openQuietly(handle));
      if (chosen) await this.provide(id, chosen);
    }
  }

  /** A file that an interrupted transfer waits for goes on there. */
  add(chosen: readonly ChosenFile[], { table, checkOnly }: Destination): void {
    for (const { file, handle } of chosen) {
      const interrupted = this.getFiles().find(
        (queued) =>
          queued.step.kind === 'interrupted' &&
          queued.tableId === table.id &&
          queued.checkOnly === checkOnly &&
          describeDifference(queued, file) === null,
      );
      if (interrupted) void this.provide(interrupted.id, { file, handle });
      else this.#addNew({ file, handle }, { table, checkOnly });
    }
  }

  /** Gives an interrupted transfer its file, if it is the same. */
  async provide(id: string, { file, handle }: ChosenFile): Promise<void> {
    const queued = this.#list.find(id);
    if (queued?.step.kind !== 'interrupted') return;
    const problem = describeDifference(queued, file);
    if (problem !== null) {
      this.#list.setStep(id, { kind: 'interrupted', problem });
      return;
    }
    this.#list.setStep(id, { kind: 'checking' });
    const isSame = await isSameFile(queued, file);
    if (this.#list.find(id)?.step.kind !== 'checking') return;
    if (!isSame) {
      const changed = 'The content of that file is another one. Choose the file as it was.';
      this.#list.setStep(id, { kind: 'interrupted', problem: changed });
      return;
    }
    const found = { file, handle: handle ?? queued.handle, step: { kind: 'waiting' } } as const;
    this.#remember(this.#list.update(id, found));
    this.#sendNext(queued.tableId);
  }

  pause(id: string): void {
    const queued = this.#list.find(id);
    if (!queued || !isPausable(queued)) return;
    this.#running.get(id)?.abort();
    this.#list.setStep(id, { kind: 'paused' });
    this.#sendNext(queued.tableId);
  }

  /** Goes on where it stopped. For an interrupted file, the browser may ask the person whether it may be read. */
  async resume(id: string): Promise<void> {
    const queued = this.#list.find(id);
    if (queued?.step.kind === 'paused' || queued?.step.kind === 'broken') {
      this.#list.setStep(id, { kind: 'waiting' });
      this.#sendNext(queued.tableId);
      return;
    }
    if (queued?.step.kind !== 'interrupted' || queued.handle === null) return;
    const chosen = await openAsking(queued.handle);
    if (chosen) return this.provide(id, chosen);
    const problem = 'The browser could not open the file. Choose it.';
    this.#list.update(id, { handle: null, step: { kind: 'interrupted', problem } });
  }

  /** Checks the file again, against the table as it is by now, and sends it from the start. */
  retry(id: string, readTable: () => Promise<TargetTable>): void {
    const queued = this.#list.find(id);
    if (!queued || isUnfinished(queued)) return;
    this.#list.setStep(id, { kind: 'checking' });
    void this.#check(id, readTable());
  }

  cancel(id: string): void {
    const queued = this.#list.find(id);
    if (!queued || !isCancellable(queued)) return;
    this.#running.get(id)?.abort();
    this.#giveUp(queued);
    if (queued.file === null) this.#list.remove(id);
    else this.#list.update(id, { transferId: null, arrivedBytes: 0, step: { kind: 'cancelled' } });
    this.#sendNext(queued.tableId);
  }

  /** Takes a file off the list; the upload it became, if any, goes on. */
  dismiss(id: string): void {
    const queued = this.#list.find(id);
    if (!queued || isUnderWay(queued)) return;
    if (queued.step.kind !== 'sent') this.#giveUp(queued);
    this.#list.remove(id);
  }

  #addNew({ file, handle }: ChosenFile, { table, checkOnly }: Destination): void {
    const addedAt = Math.max(Date.now(), (this.getFiles().at(-1)?.addedAt ?? 0) + 1);
    // Not randomUUID, which pages without TLS lack.
    const id = `${addedAt}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    this.#list.add({
      id,
      addedAt,
      tableId: table.id,
      tableName: table.name,
      name: file.name,
      sizeBytes: file.size,
      lastModified: file.lastModified,
      checkOnly,
      file,
      handle,
      fingerprint: null,
      transferId: null,
      arrivedBytes: 0,
      step: { kind: 'checking' },
    });
    void this.#check(id, Promise.resolve(table));
  }

  async #check(id: string, reading: Promise<TargetTable>): Promise<void> {
    const table = await reading;
    const file = this.#list.find(id)?.file;
    if (!file) return;
    const fault = await checkFile(file, table);
    const fingerprint = fault ? null : await fingerprintOf(file).catch(() => null);
    if (this.#list.find(id)?.step.kind !== 'checking') return;
    if (fault) this.#list.setStep(id, { kind: 'refused', fault });
    else this.#remember(this.#list.update(id, { fingerprint, step: { kind: 'waiting' } }));
    this.#sendNext(table.id);
  }

  /** A file that is still being checked holds those behind it back: the order is the list's. */
  #sendNext(tableId: number): void {
    const files = this.getFiles().filter((file) => file.tableId === tableId);
    if (files.some(({ id }) => this.#running.has(id))) return;
    const next = files.find(isUnderWay);
    if (next?.step.kind === 'waiting' && next.file) void this.#send(next, next.file);
  }

  async #send(queued: QueuedFile, file: File): Promise<void> {
    const abort = new AbortController();
    this.#running.set(queued.id, abort);
    await sendQueuedFile({
      queued,
      file,
      list: this.#list,
      signal: abort.signal,
      onChange: (changed) => {
        this.#remember(changed);
      },
    });
    if (this.#list.find(queued.id)?.step.kind === 'sent') {
      void forgetFile(queued.id);
      tellArrival(queued);
    }
    this.#running.delete(queued.id);
    this.#sendNext(queued.tableId);
  }

  #remember(file: QueuedFile | undefined): void {
    if (!file || file.fingerprint === null || this.#userId === null) return;
    void rememberFile({ ...file, fingerprint: file.fingerprint, userId: this.#userId });
  }

  /** What has arrived is removed at once where that works, and swept by the server where it does not. */
  #giveUp({ id, tableId, transferId }: QueuedFile): void {
    void forgetFile(id);
    if (transferId !== null) abortTransfer({ tableId, transferId }).catch(() => undefined);
  }
}

/** One per tab. */
export const transferQueue = new TransferQueue();
