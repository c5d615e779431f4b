const mebibyte = 1024 * 1024;
/** Bodies of all connections together, since their buffers were last collected. */
const collectEvery = 4 * mebibyte;

let received = 0;

/**
 * Counts bytes that came from the network, and now and then has the young objects among the garbage collected. The
 * buffers that bodies come in lie outside of V8's heap: it lets many of them pile up, then goes through all that it
 * has. That took nearly half of the processor time of an upload; going through the young ones alone takes a few hundredths,
 * and memory stays lower. Does nothing in a Node that was not started with `--expose-gc`.
 */
export function noteReceived(bytes: number): void {
  received += bytes;
  if (received < collectEvery) return;
  received = 0;
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
}
