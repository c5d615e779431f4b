import { getDb } from '#lib/db/client.ts';
import { summaryParts, toUploadSummary } from '#lib/services/uploads/to-upload-summary.ts';

/** What people were told while a file was loaded: seconds left, so many seconds after it began. */
export interface Told {
  readonly after: number;
  readonly left: number;
}

/** Shares of the time at which it is compared. */
const shares = [0.25, 0.5, 0.75] as const;
const interval = 500;

/** Notes the time left that the product shows for an upload, until it has ended. */
export function watchTimeLeft(uploadId: number): { stop(): Promise<readonly Told[]> } {
  const told: Told[] = [];
  const started = performance.now();
  let looking = Promise.resolve();
  const look = async () => {
    const row = await getDb().upload.findUniqueOrThrow({
      where: { id: uploadId },
      include: summaryParts,
    });
    const { secondsLeft } = toUploadSummary(row);
    if (secondsLeft === null) return;
    told.push({ after: (performance.now() - started) / 1000, left: secondsLeft });
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, interval);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      return told;
    },
  };
}

/** @example describeTimeLeft(told, 20) // 'a quarter of the way: 14 s left, 15 were; …' */
export function describeTimeLeft(told: readonly Told[], seconds: number): string {
  const parts = shares.flatMap((share) => {
    const at = told.find(({ after }) => after >= share * seconds);
    return at ? [`${at.left} of ${(seconds - at.after).toFixed(0)} s`] : [];
  });
  return parts.length === 0 ? 'too short to tell' : parts.join(', ');
}
