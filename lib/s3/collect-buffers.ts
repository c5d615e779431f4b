const mebibyte = 1024 * 1024;
/** Bodies of all connections together, since their buffers were last collected. */
const collectEvery = 4 * mebibyte;

/** So often, the old ones are: what requests leave outlives a few collections of the young, and then counts as old. */
const collectAllEvery = 1024 * mebibyte;

let received = 0;
let receivedSinceAll = 0;

/**
 * Counts bytes that came from the network, and now and then has the young objects among the garbage collected. The
 * buffers that bodies come in lie outside of V8's heap: it lets many of them pile up, then goes through all that it
 * has. That took nearly half of the processor time of an upload; going through the young ones alone takes a few hundredths,
 * and memory stays lower. Full ones (some 30 ms) keep it there however much comes: V8 would wait for another hundred megabytes.
 * Does nothing in a Node that was not started with `--expose-gc`.
 */
export function noteReceived(bytes: number): void {
  received += bytes;
  if (received < collectEvery) return;
  receivedSinceAll += received;
  received = 0;
  const isFull = receivedSinceAll >= collectAllEvery;
  if (isFull) receivedSinceAll = 0;
  globalThis.gc?.({ type: isFull ? 'major' : 'minor', execution: 'sync' });
}
