import { InstanceLock } from '../instance-lock.ts';

// Holds the lock of a data directory; every message to it is the word to begin stopping, which it never ends.
const lock = await InstanceLock.take(process.argv[2] ?? '', () => process.send?.('waiting'));
process.on('message', () => {
  lock.announceStop();
  process.send?.('stopping');
});
process.send?.('locked');
