'use client';

import { CircleCheck, CircleHelp, CircleX, type LucideIcon } from 'lucide-react';
import { use } from 'react';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { verdicts } from '#lib/contracts/audiences.ts';
import { LiveContext } from './live-context.ts';
import { useAnswer } from './node-answers.ts';

export const verdictLooks: Record<
  (typeof verdicts)[number],
  {
    readonly word: string;
    readonly icon: LucideIcon;
    readonly tone: BadgeTone;
    readonly text: string;
  }
> = {
  held: { word: 'Holds', icon: CircleCheck, tone: 'success', text: 'text-success' },
  not: { word: 'Does not hold', icon: CircleX, tone: 'danger', text: 'text-danger' },
  unknown: { word: 'Unknown', icon: CircleHelp, tone: 'neutral', text: 'text-muted-foreground' },
};

/** Beside a rule or a group: how it came out for the customer that is tested. */
export function NodeVerdictMark({ nodeId }: { nodeId: string }) {
  const { answers } = use(LiveContext);
  const found = useAnswer(answers.verdicts, nodeId);
  if (!found) return null;
  const { word, icon: Icon, tone } = verdictLooks[found.verdict];
  return (
    <Badge tone={tone} data-verdict={found.verdict} className="max-w-full">
      <Icon aria-hidden />
      {found.isAttribute ? (
        <>
          <span className="sr-only">{word}: </span>
          <span className="truncate">
            {found.actual === null ? 'no value' : `value ${found.actual}`}
          </span>
        </>
      ) : (
        word
      )}
    </Badge>
  );
}
