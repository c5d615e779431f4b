import { isUnderWay, type QueuedFile, type TransferStep } from './queued-file.ts';

const nothing: readonly QueuedFile[] = [];

/** The files that this tab takes care of. Each change makes a new array, as React wants it. */
export class FileList {
  #files = nothing;
  readonly #listeners = new Set<() => void>();

  subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  getAll = (): readonly QueuedFile[] => this.#files;

  find(id: string): QueuedFile | undefined {
    return this.#files.find((file) => file.id === id);
  }

  add(file: QueuedFile): void {
    this.#publish([...this.#files, file]);
  }

  remove(id: string): void {
    this.#publish(this.#files.filter((file) => file.id !== id));
  }

  /** Gives the changed file; undefined when it was removed meanwhile. */
  update(id: string, changes: Partial<QueuedFile>): QueuedFile | undefined {
    this.#publish(this.#files.map((file) => (file.id === id ? { ...file, ...changes } : file)));
    return this.find(id);
  }

  setStep(id: string, step: TransferStep): void {
    this.update(id, { step });
  }

  #publish(files: readonly QueuedFile[]): void {
    this.#files = files;
    for (const notify of this.#listeners) notify();
    guardTab(files.some(isUnderWay));
  }
}

/** Closing the tab would interrupt a transfer, so the browser asks first; it is silent otherwise. */
function guardTab(isBusy: boolean): void {
  if (isBusy) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
