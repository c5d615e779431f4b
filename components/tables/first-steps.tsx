'use client';

import { Check, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import type { TableSummary } from '#lib/contracts/tables.ts';
import { findNextStep } from './next-step.ts';
import { useLoadSampleData } from './use-load-sample-data.ts';

type FirstStepsProps = {
  /** The tables touched last, newest first. */
  tables: readonly TableSummary[];
  onCreateTable: () => void;
};

/** The way from an empty dashboard to the first customers; gone once it has been walked. */
export function FirstSteps({ tables, onCreateTable }: FirstStepsProps) {
  const sample = useLoadSampleData();
  const next = findNextStep(tables);
  if (next.step === 'done') return null;

  const sampleButton = (
    <Button
      onClick={() => {
        sample.mutate();
      }}
      pending={sample.isPending}
    >
      <Sparkles aria-hidden />
      Load sample data
    </Button>
  );
  return (
    <Card aria-labelledby="first-steps" className="overflow-hidden">
      <div className="flex flex-col gap-1 border-b px-5 py-4">
        <h2 id="first-steps" className="text-lg">
          {next.step === 'table' ? 'Bring your customers in' : 'Almost there'}
        </h2>
        <p className="max-w-prose text-sm text-pretty text-muted-foreground">
          A table holds what one source knows about your customers: a CRM, a shop, a data warehouse.
          Filled with CSV files over S3, it becomes part of every customer&apos;s profile.
        </p>
      </div>
      <ol className="grid divide-y md:grid-cols-3 md:divide-x md:divide-y-0">
        <Step
          number={1}
          title="Create a table"
          isDone={next.step !== 'table'}
          isCurrent={next.step === 'table'}
          action={
            <>
              <Button variant="primary" onClick={onCreateTable}>
                Create your first table
              </Button>
              {sampleButton}
            </>
          }
        >
          Give it a name and say where your site holds the customer ID.
        </Step>
        <Step
          number={2}
          title="Add attributes"
          isDone={next.step === 'upload'}
          isCurrent={next.step === 'attributes'}
          action={
            next.step === 'attributes' && (
              <ButtonLink href={`/attributes/${next.table.id}`} variant="primary">
                Add attributes to {next.table.name}
              </ButtonLink>
            )
          }
        >
          Register a typed column for each fact, or paste the header of a CSV file.
        </Step>
        <Step
          number={3}
          title="Upload data"
          isDone={false}
          isCurrent={next.step === 'upload'}
          action={
            next.step === 'upload' && (
              <ButtonLink href={`/attributes/${next.table.id}/upload`} variant="primary">
                Upload data to {next.table.name}
              </ButtonLink>
            )
          }
        >
          Send a CSV file with any S3 client, or drop it on the page.
        </Step>
      </ol>
    </Card>
  );
}

type StepProps = {
  number: number;
  title: string;
  isDone: boolean;
  isCurrent: boolean;
  action: ReactNode;
  children: ReactNode;
};

function Step({ number, title, isDone, isCurrent, action, children }: StepProps) {
  return (
    <li
      aria-current={isCurrent ? 'step' : undefined}
      className={cn('flex gap-3 p-5', !isCurrent && 'bg-canvas')}
    >
      <span
        aria-hidden
        className={cn(
          'grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
          isDone && 'bg-success-subtle text-success',
          isCurrent && 'bg-primary text-primary-foreground',
          !isDone && !isCurrent && 'border bg-card text-muted-foreground',
        )}
      >
        {isDone ? <Check className="size-3.5" strokeWidth={3} /> : number}
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <h3 className={cn('text-base', !isCurrent && 'text-muted-foreground')}>
          {title}
          {isDone && <span className="sr-only"> (done)</span>}
        </h3>
        <p className="text-sm text-pretty text-muted-foreground">{children}</p>
        {isCurrent && <div className="flex flex-wrap gap-2 pt-2">{action}</div>}
      </div>
    </li>
  );
}
