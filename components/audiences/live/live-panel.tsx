'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo, use, useEffect, useId, useState } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { formatShare } from '../format-share.ts';
import { FunnelTable } from './funnel-table.tsx';
import { LiveContext } from './live-context.ts';
import { countsByNode } from './node-answers.ts';
import { useSettledQuestion, type Question } from './question.ts';
import { SampleMembers } from './sample-members.tsx';
import { SizeAnnouncer } from './size-announcer.tsx';
import { SizeNumber, SizeSummary } from './size-summary.tsx';
import { TestCustomer, type TestedCustomer } from './test-customer.tsx';
import { useLiveSize } from './use-live-size.ts';

type LivePanelProps = { question: Question; unfinishedCount: number };

type View = 'sample' | 'test' | 'funnel';

/** What the conditions come to while they change. A key typed into a rule draws nothing of it but what is stale. */
export function LivePanel({ question, unfinishedCount }: LivePanelProps) {
  const { settled, isSettled } = useSettledQuestion(question);
  const isAsked = question.conditions !== null;
  return <SettledPanel {...{ settled, isSettled, isAsked, unfinishedCount }} />;
}

type SettledPanelProps = {
  settled: Question;
  isSettled: boolean;
  /** Something can be counted now. */
  isAsked: boolean;
  unfinishedCount: number;
};

/**
 * Beside the tree on wide screens; on others a bar at the bottom with the number, which opens the rest. Answers go into
 * the stores of the context, so that they draw no more of the tree than they are about.
 */
const SettledPanel = memo(function SettledPanel(props: SettledPanelProps) {
  const { settled, isSettled, isAsked, unfinishedCount } = props;
  const { answers, isFunnelShown } = use(LiveContext);
  const bodyId = useId();
  const [isOpen, setOpen] = useState(false);
  const [view, setView] = useState<View>('sample');
  const [tested, setTested] = useState<TestedCustomer | null>(null);
  const size = useLiveSize(settled, isFunnelShown || view === 'funnel');
  const isStale = isAsked && (!isSettled || !size.isCurrent);
  const { funnel } = size;

  // External system: the stores that the places of the tree read.
  useEffect(() => {
    if (settled.conditions === null) answers.counts.replace(new Map());
    else if (funnel) answers.counts.replace(countsByNode(funnel, settled.places));
  }, [answers, funnel, settled]);
  useEffect(() => {
    answers.states.replace(new Map(isStale ? [['stale', true as const]] : []));
  }, [answers, isStale]);

  function test(customer: TestedCustomer): void {
    setTested(customer);
    setView('test');
  }
  return (
    <aside
      aria-label="Size and members"
      className="sticky bottom-0 z-20 -mx-4 -mb-6 flex max-h-[85dvh] flex-col border-t bg-card shadow-lg sm:-mx-8 sm:-mb-8 xl:top-4 xl:bottom-auto xl:z-auto xl:m-0 xl:max-h-[calc(100dvh-2rem)] xl:rounded-lg xl:border xl:shadow-xs"
    >
      <div className="flex items-end justify-between gap-3 px-4 py-2 sm:px-8 xl:px-4 xl:pt-3 xl:pb-1">
        <div className="flex items-baseline gap-x-2 xl:flex-col">
          <h2 className="text-sm font-medium text-muted-foreground">Size</h2>
          <SizeNumber size={size} isAsked={isAsked} isStale={isStale} />
          {isAsked && size.answer && (
            <span aria-hidden className="text-sm text-muted-foreground tabular-nums xl:hidden">
              {formatShare(size.answer.size, size.answer.total)}
            </span>
          )}
        </div>
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => {
            setOpen(!isOpen);
          }}
          className="xl:hidden"
        >
          {isOpen ? 'Less' : 'More'}
          <span className="sr-only"> about the size and the members</span>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
        </Button>
      </div>
      <div
        id={bodyId}
        className={cn(
          'flex min-h-0 flex-col gap-4 overflow-y-auto px-4 pt-1 pb-4 sm:px-8 xl:px-4',
          !isOpen && 'max-xl:hidden',
        )}
      >
        <SizeSummary
          size={size}
          isAsked={isAsked}
          isStale={isStale}
          unfinishedCount={unfinishedCount}
        />
        <Tabs
          label="More about the members"
          value={view}
          onValueChange={setView}
          tabs={[
            {
              value: 'sample',
              label: 'Sample',
              content: <SampleMembers question={settled} isStale={!isSettled} onTest={test} />,
            },
            {
              value: 'test',
              label: 'Test a customer',
              content: <TestCustomer question={settled} tested={tested} onTest={setTested} />,
            },
            {
              value: 'funnel',
              label: 'Funnel',
              content: <FunnelTable question={settled} funnel={funnel} isStale={isStale} />,
            },
          ]}
        />
      </div>
      <SizeAnnouncer size={size} isStale={isStale} />
    </aside>
  );
});
