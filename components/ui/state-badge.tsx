import { LoaderCircle, type LucideIcon } from 'lucide-react';
import { Badge, type BadgeTone } from './badge.tsx';

/** How a state looks: icon and word, never a colour alone. A LoaderCircle turns. */
export type StateLook = {
  readonly word: string;
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
};

export function StateBadge({ word, tone, icon: Icon }: StateLook) {
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={Icon === LoaderCircle ? 'animate-spin' : undefined} />
      {word}
    </Badge>
  );
}
