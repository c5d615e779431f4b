import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  Inbox,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import type { UploadState } from '#lib/contracts/uploads.ts';
import { Badge, type BadgeTone } from './badge.tsx';

const looks: Record<UploadState, { word: string; tone: BadgeTone; icon: LucideIcon }> = {
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

/** The state of an upload as icon and word, never as a colour alone. */
export function UploadStateBadge({ state }: { state: UploadState }) {
  const { word, tone, icon: Icon } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={state === 'processing' ? 'animate-spin' : undefined} />
      {word}
    </Badge>
  );
}
