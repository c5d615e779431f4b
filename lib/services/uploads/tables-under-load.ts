import { getDb } from '#lib/db/client.ts';
import { openStates } from '#lib/store/upload-claim.ts';

/** Tables with a file that is being loaded or waits to be. */
export async function tablesUnderLoad(): Promise<ReadonlySet<number>> {
  const uploads = await getDb().upload.findMany({
    where: { state: { in: [...openStates] }, checkOnly: false },
    select: { tableId: true },
    distinct: ['tableId'],
  });
  return new Set(uploads.map(({ tableId }) => tableId));
}

interface AsideOptions {
  readonly tableIds: readonly number[];
  readonly signal: AbortSignal;
}

/** Why work that makes room for a load ended. */
export class LoadComesFirstError extends Error {
  constructor() {
    super('A file is to be loaded first.');
    this.name = 'LoadComesFirstError';
  }
}

/** Milliseconds; a look takes one. */
const lookEvery = 250;

/** Does work on tables until a file for one of them arrives: its signal is aborted then. */
export async function besideNoLoad<Result>(
  { tableIds, signal }: AsideOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const look = async () => {
    const busy = await tablesUnderLoad();
    if (tableIds.some((tableId) => busy.has(tableId))) stop.abort(new LoadComesFirstError());
  };
  const timer = setInterval(() => void look().catch(() => undefined), lookEvery);
  try {
    return await work(AbortSignal.any([signal, stop.signal]));
  } finally {
    clearInterval(timer);
  }
}
