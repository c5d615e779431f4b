'use client';

import { useQuery } from '@tanstack/react-query';
import { use, useEffect, useState, type SyntheticEvent } from 'react';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RequestError } from '#lib/queries/fetch-json.ts';
import { audienceTestQuery } from '#lib/queries/audiences.ts';
import { LiveContext } from './live-context.ts';
import { verdictsByNode } from './node-answers.ts';
import { bodyOf, type Question } from './question.ts';
import { TestResult } from './test-result.tsx';

export interface TestedCustomer {
  readonly tableId: number;
  readonly customerId: string;
}

type TestCustomerProps = {
  question: Question;
  tested: TestedCustomer | null;
  onTest: (customer: TestedCustomer | null) => void;
};

/** One customer against the conditions: tested again whenever they change, until somebody ends it. */
export function TestCustomer({ question, tested, onTest }: TestCustomerProps) {
  return (
    <div className="flex flex-col gap-4">
      <CustomerForm
        key={`form ${tested?.tableId} ${tested?.customerId}`}
        tested={tested}
        onTest={onTest}
      />
      {tested && question.conditions !== null && (
        <Tested key={`${tested.tableId} ${tested.customerId}`} {...{ question, tested, onTest }} />
      )}
      {tested && question.conditions === null && (
        <p className="text-sm text-muted-foreground">There is no condition to test yet.</p>
      )}
    </div>
  );
}

function CustomerForm({ tested, onTest }: Omit<TestCustomerProps, 'question'>) {
  const [tableId, setTableId] = useState<number | null>(tested?.tableId ?? null);
  const [customerId, setCustomerId] = useState(tested?.customerId ?? '');
  const [wasRefused, setRefused] = useState(false);
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setRefused(true);
    if (tableId !== null && customerId !== '') onTest({ tableId, customerId });
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field label="Table" error={wasRefused && tableId === null ? 'Choose a table.' : undefined}>
        <TablePicker value={tableId} onValueChange={setTableId} />
      </Field>
      <Field
        label="Customer ID"
        error={wasRefused && customerId === '' ? 'Enter a customer ID.' : undefined}
      >
        <Input
          value={customerId}
          onValueChange={setCustomerId}
          maxLength={1024}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit">Test</Button>
        {tested && (
          <Button
            variant="ghost"
            onClick={() => {
              onTest(null);
            }}
          >
            End the test
          </Button>
        )}
      </div>
    </form>
  );
}

type TestedProps = { question: Question; tested: TestedCustomer };

function Tested({ question, tested }: TestedProps) {
  const { answers } = use(LiveContext);
  const [chosen, setChosen] = useState(0);
  const test = useQuery({
    ...audienceTestQuery({ ...bodyOf(question), ...tested }),
    placeholderData: (before) => before,
  });
  const profile = test.data?.profiles[chosen] ?? test.data?.profiles[0];
  const isCurrent = !test.isPlaceholderData;
  // External system: the store that the places of the tree read.
  useEffect(() => {
    if (profile && isCurrent) {
      answers.verdicts.replace(verdictsByNode(profile.explanation, question.places));
    }
  }, [answers, profile, isCurrent, question]);
  useEffect(
    () => () => {
      answers.verdicts.replace(new Map());
    },
    [answers],
  );
  if (test.isError) {
    const isMissing = test.error instanceof RequestError && test.error.status === 404;
    return (
      <div role="alert" className="flex flex-col items-start gap-1.5 text-sm">
        <p className={isMissing ? 'text-muted-foreground' : 'text-danger'}>{test.error.message}</p>
        {!isMissing && (
          <Button size="sm" onClick={() => void test.refetch()} pending={test.isFetching}>
            Retry
          </Button>
        )}
      </div>
    );
  }
  if (!test.data) return <p className="text-sm text-muted-foreground">Testing…</p>;
  return (
    <TestResult
      customerId={tested.customerId}
      answer={test.data}
      chosen={chosen}
      onChoose={setChosen}
      isStale={!isCurrent}
    />
  );
}
