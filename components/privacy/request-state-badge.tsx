import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, PauseCircle } from 'lucide-react';
import { StateBadge, type StateLook } from '#components/ui/state-badge.tsx';
import type { PrivacyRequestState } from '#lib/contracts/privacy-requests.ts';

const looks: Record<PrivacyRequestState, StateLook> = {
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
  return <StateBadge {...looks[state]} />;
}
