import type { BlobStore } from '#lib/blob/blob-store.ts';
import { CustomerMatch } from '#lib/core/csv/customer-match.ts';
import type { Reject } from '#lib/core/csv/types.ts';
import { getDb } from '#lib/db/client.ts';
import type { WantedCustomers } from './find-customer-rows.ts';
import { readRejects, readRejectsLayout } from './read-rejects.ts';
import { encodeReject } from './reject-record.ts';

export interface CustomerRejectsOptions {
  readonly blobs: BlobStore;
  readonly uploadId: number;
  readonly wanted: WantedCustomers;
}

/** A kept rejected row that names a customer. */
export interface CustomerReject {
  readonly reject: Reject;
  /** Whether the row is surely this customer's alone: a quotation mark that is never closed swallows other rows. */
  readonly isReadable: boolean;
}

const noRow = Buffer.alloc(0);

/** Gives an upload's kept rejects that name a customer, in the order of the file. */
export async function* findCustomerRejects({
  blobs,
  uploadId,
  wanted,
}: CustomerRejectsOptions): AsyncGenerator<CustomerReject> {
  const match = await createMatch(uploadId, wanted);
  if (!match) return;
  for await (const reject of readRejects({ blobs, uploadId })) {
    if (!match.names(reject.raw)) continue;
    const isWhole = reject.code !== 'quote-never-closed' && reject.code !== 'row-too-long';
    const isOne = match.isReadable || !/[\r\n]/.test(reject.raw.toString('latin1'));
    yield { reject, isReadable: isWhole && isOne };
  }
}

/**
 * Empties an upload's kept rejects that name a customer: line, column and reason stay, so that the counts of the
 * history stay true; the row and the value go. Only for uploads that have ended. May be called again.
 *
 * @param onReplace is told of a blob before nothing names it any more; the caller removes it.
 */
export async function eraseCustomerRejects(
  options: CustomerRejectsOptions,
  onReplace: (blobName: string) => Promise<void>,
): Promise<void> {
  const { blobs, uploadId, wanted } = options;
  const match = await createMatch(uploadId, wanted);
  if (!match) return;
  const segments = await getDb().rejectFile.findMany({ where: { uploadId } });
  for (const { firstRow, rows, blobName } of segments) {
    const lines: string[] = [];
    let found = 0;
    for await (const reject of readRejects({
      blobs,
      uploadId,
      from: Number(firstRow),
      limit: rows,
    })) {
      const isNamed = match.names(reject.raw);
      if (isNamed) found += 1;
      lines.push(encodeReject(isNamed ? { ...reject, value: null, raw: noRow } : reject));
    }
    if (found === 0) continue;
    await onReplace(blobName);
    await replaceSegment(blobs, { uploadId, firstRow, lines });
  }
}

async function createMatch(
  uploadId: number,
  wanted: WantedCustomers,
): Promise<CustomerMatch | null> {
  const layout = await readRejectsLayout(uploadId);
  if (!layout) return null;
  const { columns, delimiter } = layout;
  return new CustomerMatch({ columns: columns.map(({ name }) => name), delimiter, ...wanted });
}

async function replaceSegment(
  blobs: BlobStore,
  segment: {
    readonly uploadId: number;
    readonly firstRow: bigint;
    readonly lines: readonly string[];
  },
): Promise<void> {
  const { uploadId, firstRow, lines } = segment;
  const writer = await blobs.create();
  try {
    await writer.write(Buffer.from(lines.join('')));
    const { name, size } = await writer.publish();
    await getDb().rejectFile.update({
      where: { uploadId_firstRow: { uploadId, firstRow } },
      data: { blobName: name, sizeBytes: BigInt(size) },
    });
  } finally {
    await writer.discard();
  }
}
