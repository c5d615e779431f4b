const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses between tries: at first for a receiver that restarts, at last for one that is mended the next day. */
const pauses = [
  5 * second,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  8 * hour,
  8 * hour,
] as const;

/** Receivers that come back must not be met by everything at once. */
const spread = 0.1;

/**
 * Milliseconds until the next try, null when this was the last.
 *
 * @param attempts tries so far.
 */
export function pauseAfter(attempts: number, random = Math.random()): number | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + spread * (2 * random - 1)));
}
