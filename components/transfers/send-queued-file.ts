import type { FileList } from './file-list.ts';
import type { QueuedFile, SendingStep } from './queued-file.ts';
import { FileUnreadableError } from './s3-requests.ts';
import { transferFile } from './transfer-file.ts';
import { TransferRate } from './transfer-rate.ts';

export interface SendQueuedFileOptions {
  readonly queued: QueuedFile;
  readonly file: File;
  readonly list: FileList;
  /** Aborted by whoever has set another step: it stays then. */
  readonly signal: AbortSignal;
  /** Told the file when something changed that a reloaded page must know. */
  readonly onChange: (file: QueuedFile | undefined) => void;
}

/** Sends a file of the list and shows on the list how that goes, up to its end. Never throws. */
export async function sendQueuedFile(options: SendQueuedFileOptions): Promise<void> {
  const { queued, file, list, signal, onChange } = options;
  const { id, tableId, checkOnly, transferId } = queued;
  const rate = new TransferRate(file.size);
  let step: SendingStep = {
    kind: 'sending',
    sentBytes: queued.arrivedBytes,
    bytesPerSecond: null,
    secondsLeft: null,
    trouble: null,
  };

  function show(changes: Partial<SendingStep>): void {
    if (signal.aborted) return;
    step = { ...step, ...changes };
    list.setStep(id, step);
  }

  show({});
  try {
    const uploadId = await transferFile({
      file,
      tableId,
      checkOnly,
      transferId,
      signal,
      onBegun: (begun) => {
        onChange(list.update(id, { transferId: begun }));
      },
      onProgress: ({ sentBytes, arrivedBytes }) => {
        if (signal.aborted) return;
        if (arrivedBytes !== list.find(id)?.arrivedBytes) {
          onChange(list.update(id, { arrivedBytes }));
        }
        show({ sentBytes, ...rate.add(sentBytes, performance.now()) });
      },
      onTrouble: (trouble) => {
        show({ trouble });
      },
    });
    list.setStep(id, { kind: 'sent', uploadId });
  } catch (error) {
    if (!signal.aborted) showFailure(list, id, error);
  }
}

function showFailure(list: FileList, id: string, error: unknown): void {
  const message = error instanceof Error ? error.message : 'The transfer broke.';
  if (error instanceof FileUnreadableError) {
    const step = { kind: 'interrupted', problem: message } as const;
    list.update(id, { file: null, handle: null, step });
    return;
  }
  list.setStep(id, { kind: 'broken', message });
}
