import { sizeOf, type FilePart } from './plan-parts.ts';

const atOnce = 4;

/** A part that has arrived, as the S3 endpoint tells. */
export interface TransferredPart {
  readonly number: number;
  readonly etag: string;
  readonly sizeBytes: number;
}

export interface TransferProgress {
  /** Bytes on the way or arrived. */
  readonly sentBytes: number;
  /** Bytes of parts that have arrived whole, which no interruption takes back. */
  readonly arrivedBytes: number;
}

export interface SendPartsOptions {
  readonly parts: readonly FilePart[];
  /** Those that an earlier attempt brought there. */
  readonly arrived: readonly TransferredPart[];
  readonly signal: AbortSignal;
  /** Sends one part, however often it takes, and gives its ETag. `onSent` takes what is sent of it so far. */
  readonly sendPart: (options: {
    readonly part: FilePart;
    readonly signal: AbortSignal;
    readonly onSent: (bytes: number) => void;
  }) => Promise<string>;
  readonly onProgress: (progress: TransferProgress) => void;
}

/**
 * Sends the parts that have not arrived, four at a time, in order.
 *
 * @returns the ETags of all parts, in order
 * @throws what `sendPart` threw; the other parts are stopped then
 */
export async function sendParts(options: SendPartsOptions): Promise<readonly string[]> {
  const { parts, sendPart, onProgress } = options;
  const etags = findArrived(options);
  const underWay = new Map<FilePart, number>();
  const waiting = parts.filter(({ number }) => !etags.has(number))[Symbol.iterator]();
  let arrivedBytes = parts.reduce(
    (total, part) => total + (etags.has(part.number) ? sizeOf(part) : 0),
    0,
  );
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);

  function report(): void {
    const sent = [...underWay.values()].reduce((total, bytes) => total + bytes, 0);
    onProgress({ sentBytes: arrivedBytes + sent, arrivedBytes });
  }

  async function sendOneAfterTheOther(): Promise<void> {
    for (const part of waiting) {
      const onSent = (bytes: number) => {
        if (signal.aborted) return;
        underWay.set(part, Math.min(bytes, sizeOf(part)));
        report();
      };
      etags.set(part.number, await sendPart({ part, signal, onSent }));
      underWay.delete(part);
      arrivedBytes += sizeOf(part);
      report();
    }
  }

  report();
  try {
    await Promise.all(Array.from({ length: atOnce }, sendOneAfterTheOther));
  } catch (error) {
    stop.abort();
    throw error;
  }
  return parts.map(({ number }) => etags.get(number) ?? '');
}

/** ETags by number. A part of another size was cut by another plan and is sent again. */
function findArrived({ parts, arrived }: SendPartsOptions): Map<number, string> {
  const sizes = new Map(parts.map((part) => [part.number, sizeOf(part)]));
  const same = arrived.filter(({ number, sizeBytes }) => sizes.get(number) === sizeBytes);
  return new Map(same.map(({ number, etag }) => [number, etag]));
}
