import { formatBytes, formatTimeLeft } from '#components/format.ts';
import type { QueuedFile } from './queued-file.ts';

/** Where a file stands, in a few words. */
export function describeInBrief({ step, sizeBytes }: QueuedFile): string {
  switch (step.kind) {
    case 'checking':
      return 'Checking the file';
    case 'refused':
      return 'Not sent: its header has a fault';
    case 'waiting':
      return 'Waiting';
    case 'sending':
      if (step.trouble !== null) return 'Reconnecting';
      if (step.secondsLeft !== null) return formatTimeLeft(step.secondsLeft);
      return `Sending ${formatBytes(sizeBytes)}`;
    case 'paused':
      return 'Paused';
    case 'interrupted':
      return 'Interrupted: the file is needed again';
    case 'broken':
      return 'Stopped: see why';
    case 'cancelled':
      return 'Cancelled';
    case 'sent':
      return 'Sent';
  }
}
