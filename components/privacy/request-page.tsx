'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, LockKeyhole, RotateCw, Trash2 } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { formatBytes } from '#components/format.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardBody } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { confirmationDays, type PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { exportAddress, isUnderWay, privacyRequestQuery } from '#lib/queries/privacy-requests.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { FindingsCard } from './findings-card.tsx';
import { LeftAloneCard } from './left-alone-card.tsx';
import { RequestFacts } from './request-facts.tsx';
import { RequestProgress } from './request-progress.tsx';
import { RequestStateBadge, requestStateWord } from './request-state-badge.tsx';
import { nameOf } from './request-words.ts';
import { useMoveRequest } from './use-move-request.ts';

/** One request and what became of it; live while a worker is at it. */
export function RequestPage({ id }: { id: number }) {
  const missingRole = useMissingRole('administrator');
  const { data, error, refetch, isFetching } = useQuery({
    ...privacyRequestQuery(id),
    enabled: missingRole === null,
  });
  if (!data) {
    return (
      <>
        <RequestHeader title={`Privacy request ${id}`} />
        <Card>
          {missingRole !== null && (
            <EmptyState icon={<LockKeyhole />} title="For administrators">
              {missingRole}
            </EmptyState>
          )}
          {missingRole === null && !error && (
            <div role="status" aria-label="Loading the request" className="flex flex-col gap-4 p-4">
              <Skeleton className="w-64" />
              <Skeleton className="w-56" />
            </div>
          )}
          {error && (
            <ErrorState
              title="The request could not be loaded"
              error={error}
              onRetry={() => void refetch()}
              isRetrying={isFetching}
            />
          )}
        </Card>
      </>
    );
  }
  return (
    <>
      <RequestHeader
        title={nameOf(data)}
        badge={<RequestStateBadge state={data.state} />}
        primaryAction={<RequestActions request={data} />}
      />
      {error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      <RequestNotices request={data} />
      {isUnderWay(data.state) && (
        <Card aria-label="Progress">
          <CardBody>
            <RequestProgress request={data} />
          </CardBody>
        </Card>
      )}
      <Card aria-label="About this request">
        <CardBody>
          <RequestFacts request={data} />
        </CardBody>
      </Card>
      {data.findings && <FindingsCard request={data} findings={data.findings} />}
      {data.findings && <LeftAloneCard request={data} findings={data.findings} />}
      <LiveStatus request={data} />
    </>
  );
}

function RequestHeader(props: Omit<ComponentProps<typeof PageHeader>, 'crumbs'>) {
  return (
    <PageHeader
      {...props}
      crumbs={[{ label: 'Settings' }, { label: 'Privacy requests', href: '/settings/privacy' }]}
    />
  );
}

function RequestActions({ request }: { request: PrivacyRequestResponse }) {
  const { id, kind, state, result } = request;
  const [isErasing, setErasing] = useState(false);
  const move = useMoveRequest(request);
  const mayCancel =
    state === 'awaiting_confirmation' || state === 'queued' || state === 'searching';
  return (
    <>
      {mayCancel && (
        <Button
          pending={move.isPending}
          onClick={() => {
            move.mutate('cancel');
          }}
        >
          Cancel request
        </Button>
      )}
      {state === 'failed' && request.identifier !== null && (
        <Button
          pending={move.isPending}
          onClick={() => {
            move.mutate('retry');
          }}
        >
          <RotateCw aria-hidden />
          Try again
        </Button>
      )}
      {result && (
        <a href={exportAddress(id)} download className={buttonStyles({ variant: 'primary' })}>
          <Download aria-hidden />
          Download zip ({formatBytes(result.sizeBytes)})
        </a>
      )}
      {kind === 'delete' && state === 'awaiting_confirmation' && (
        <Button
          variant="danger"
          onClick={() => {
            setErasing(true);
          }}
        >
          <Trash2 aria-hidden />
          Erase…
        </Button>
      )}
      <EraseDialog request={request} open={isErasing} onOpenChange={setErasing} />
    </>
  );
}

function RequestNotices({ request }: { request: PrivacyRequestResponse }) {
  const { kind, state, createdAt, error, result, findings } = request;
  const givenUpAt = new Date(Date.parse(createdAt) + confirmationDays * 86_400_000).toISOString();
  return (
    <>
      {error && (
        <Callout
          tone={state === 'failed' ? 'danger' : 'neutral'}
          title={`The request ${state === 'failed' ? 'failed' : 'was cancelled'}`}
        >
          {error.message}
        </Callout>
      )}
      {state === 'awaiting_confirmation' && (
        <Callout tone="warning" title="Nothing is erased yet">
          Look at what was found below, then confirm. Uploads that arrive until then are searched,
          too. Unless somebody confirms, the request is cancelled <RelativeTime date={givenUpAt} />.
        </Callout>
      )}
      {result && (
        <Callout tone="info">
          The zip file is kept encrypted, and removed <RelativeTime date={result.expiresAt} />.
        </Callout>
      )}
      {kind === 'access' && state === 'completed' && !result && (
        <Callout tone="neutral">
          The zip file is no longer kept. Make a new request if needed.
        </Callout>
      )}
      {kind === 'delete' && state === 'completed' && (
        <Callout
          tone={findings && findings.rowsWrittenAgain > 0 ? 'warning' : 'info'}
          title="The customer is erased"
        >
          {findings && findings.rowsWrittenAgain > 0
            ? 'A program or a later upload wrote about the customer again before the erasure ended. Stop it, then make a new request.'
            : 'A later upload or write that names the customer brings them back: stop sending them.'}
        </Callout>
      )}
    </>
  );
}

/** Says nothing of a request that had ended before the page was opened. */
function LiveStatus({ request }: { request: PrivacyRequestResponse }) {
  const [wasLive] = useState(isUnderWay(request.state));
  return (
    <span role="status" className="sr-only">
      {wasLive && `${nameOf(request)}: ${requestStateWord(request.state)}`}
    </span>
  );
}
