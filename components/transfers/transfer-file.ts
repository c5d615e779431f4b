import {
  readBrowserUpload,
  signBrowserUpload,
  startBrowserUpload,
  type TransferAddress,
} from '#lib/queries/browser-uploads.ts';
import { Line } from './line.ts';
import { planParts } from './plan-parts.ts';
import {
  abortMultipart,
  completeMultipart,
  createMultipart,
  listParts,
  putPart,
} from './s3-requests.ts';
import { sendParts, type TransferProgress, type TransferredPart } from './send-parts.ts';

export interface TransferFileOptions {
  readonly file: File;
  readonly tableId: number;
  readonly checkOnly: boolean;
  /** A transfer of the same file that an earlier attempt began; null to begin one. */
  readonly transferId: string | null;
  readonly signal: AbortSignal;
  readonly onBegun: (transferId: string) => void;
  readonly onProgress: (progress: TransferProgress) => void;
  /** Why nothing gets through at the moment, null once something does again. */
  readonly onTrouble: (trouble: string | null) => void;
}

/**
 * Brings a file to the S3 endpoint: begins a multipart upload or takes one up where it stands, sends what is missing
 * and completes it. Each request is signed right before it is made.
 *
 * @returns id of the upload that it became; null when that cannot be told
 * @throws when trying again is of no use, and when the signal says stop
 */
export async function transferFile(options: TransferFileOptions): Promise<number | null> {
  const { file, tableId, signal, onProgress, onTrouble } = options;
  const line = new Line({ signal, onTrouble });
  const known = await findBegun(options, line);
  if (known?.state === 'completed') return known.uploadId;

  const transferId = known?.transferId ?? (await begin(options, line));
  const address: TransferAddress = { tableId, transferId };
  const etags = await sendParts({
    parts: planParts(file.size),
    arrived: known ? await listArrived(address, line, signal) : [],
    signal,
    onProgress,
    sendPart: ({ part, signal: stopped, onSent }) =>
      line.run(async () => {
        const request = { kind: 'part', partNumber: part.number } as const;
        const url = await signBrowserUpload(address, request, stopped);
        return putPart({
          url,
          signal: stopped,
          body: file.slice(part.start, part.end),
          onSent: (bytes) => {
            if (bytes > 0) line.noteSignOfLife();
            onSent(bytes);
          },
        });
      }),
  });
  await line.run(async () => {
    const url = await signBrowserUpload(address, { kind: 'complete' }, signal);
    await completeMultipart({ url, signal, etags });
  });
  // The file has arrived, whatever happens now.
  const ended = await line.run(() => readBrowserUpload(address, signal)).catch(() => null);
  return ended?.state === 'completed' ? ended.uploadId : null;
}

/** Removes what has arrived of a file that nobody will send on. */
export async function abortTransfer(address: TransferAddress): Promise<void> {
  await abortMultipart({ url: await signBrowserUpload(address, { kind: 'abort' }) });
}

/** Whether the earlier attempt's transfer is still there. It may have ended without this page seeing it. */
async function findBegun({ tableId, transferId, signal }: TransferFileOptions, line: Line) {
  if (transferId === null) return null;
  const found = await line.run(() => readBrowserUpload({ tableId, transferId }, signal));
  return found && { ...found, transferId };
}

function begin(
  { file, tableId, checkOnly, signal, onBegun }: TransferFileOptions,
  line: Line,
): Promise<string> {
  return line.run(async () => {
    const request = { fileName: file.name, sizeBytes: file.size, checkOnly };
    const { url, headers } = await startBrowserUpload(tableId, request, signal);
    const type = file.type === '' ? {} : { 'content-type': file.type };
    const transferId = await createMultipart({ url, signal, headers: { ...headers, ...type } });
    onBegun(transferId);
    return transferId;
  });
}

async function listArrived(
  address: TransferAddress,
  line: Line,
  signal: AbortSignal,
): Promise<readonly TransferredPart[]> {
  const arrived: TransferredPart[] = [];
  for (let after: number | null = 0; after !== null;) {
    const request = { kind: 'list', after } as const;
    const page: Awaited<ReturnType<typeof listParts>> = await line.run(async () =>
      listParts({ url: await signBrowserUpload(address, request, signal), signal }),
    );
    arrived.push(...page.parts);
    after = page.nextAfter;
  }
  return arrived;
}
