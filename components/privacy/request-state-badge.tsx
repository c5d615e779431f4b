import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  LoaderCircle,
  PauseCircle,
  type LucideIcon,
} from 'lucide-react';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { PrivacyRequestState } from '#lib/contracts/privacy-requests.ts';

const looks: Record<PrivacyRequestState, { word: string; tone: BadgeTone; icon: LucideIcon }> = {
  queued: { word: 'Queued', tone: 'neutral', icon: Clock },
  searching: { word: 'Searching', tone: 'info', icon: LoaderCircle },
  awaiting_confirmation: { word: 'Awaits confirmation', tone: 'warning', icon: PauseCircle },
  erasing: { word: 'Erasing', tone: 'info', icon: LoaderCircle },
  completed: { word: 'Completed', tone: 'success', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'danger', icon: CircleX },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: Ban },
};

export function requestStateWord(state: PrivacyRequestState): string {
  return looks[state].word;
}

export function RequestStateBadge({ state }: { state: PrivacyRequestState }) {
  const { word, tone, icon: Icon } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={Icon === LoaderCircle ? 'animate-spin' : undefined} />
      {word}
    </Badge>
  );
}
