import { getPool } from '#lib/db/pool.ts';

/** "Last used" is for people; a minute's precision spares a write for each request. */
const precision = 60_000;

/** Uses are written together, so that no request waits for it. */
const pause = 1_000;

const written = new Map<number, number>();
const waiting = new Map<number, number>();
let timer: NodeJS.Timeout | undefined;

/** Remembers that a token was used and writes it down soon. @param now milliseconds since 1970 */
export function noteUse(tokenId: number, now: number): void {
  if (now - (written.get(tokenId) ?? 0) < precision) return;
  written.set(tokenId, now);
  waiting.set(tokenId, now);
  timer ??= setTimeout(() => void write(), pause).unref();
}

async function write(): Promise<void> {
  timer = undefined;
  const uses = [...waiting];
  waiting.clear();
  const ids = uses.map(([id]) => id);
  const times = uses.map(([, at]) => new Date(at));
  try {
    await getPool().query(
      `UPDATE "ApiToken" SET "lastUsedAt" = used.at
       FROM unnest($1::int[], $2::timestamptz[]) AS used (id, at)
       WHERE "ApiToken".id = used.id AND coalesce("lastUsedAt" < used.at, true)`,
      [ids, times],
    );
  } catch {
    // The next use tries again.
    for (const id of ids) written.delete(id);
  }
}
