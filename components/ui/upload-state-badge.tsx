import { Ban, CircleAlert, CircleCheck, CircleX, Clock, Inbox, LoaderCircle } from 'lucide-react';
import type { UploadState } from '#lib/contracts/uploads.ts';
import { StateBadge, type StateLook } from './state-badge.tsx';

const looks: Record<UploadState, StateLook> = {
  received: { word: 'Received', tone: 'neutral', icon: Inbox },
  queued: { word: 'Queued', tone: 'neutral', icon: Clock },
  processing: { word: 'Processing', tone: 'info', icon: LoaderCircle },
  completed: { word: 'Completed', tone: 'success', icon: CircleCheck },
  completed_with_errors: { word: 'Completed with errors', tone: 'warning', icon: CircleAlert },
  failed: { word: 'Failed', tone: 'danger', icon: CircleX },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: Ban },
};

export function uploadStateWord(state: UploadState): string {
  return looks[state].word;
}

export function UploadStateBadge({ state }: { state: UploadState }) {
  return <StateBadge {...looks[state]} />;
}
