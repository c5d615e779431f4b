'use client';

import { useQuery } from '@tanstack/react-query';
import { DatabaseZap, History, RotateCw, TableProperties } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardBody } from '#components/ui/card.tsx';
import { MenuLinkItem } from '#components/ui/dropdown-menu.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { UploadStateBadge } from '#components/ui/upload-state-badge.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { isTerminal, uploadQuery } from '#lib/queries/uploads.ts';
import { announceUpload } from './announcements.ts';
import { CancelUploadButton } from './cancel-upload-button.tsx';
import { CheckOnlyBadge } from './check-only-badge.tsx';
import { describeOutcome } from './outcome.ts';
import { ProcessingProgress } from './processing-progress.tsx';
import { RejectsCard } from './rejects-card.tsx';
import { UploadFacts } from './upload-facts.tsx';
import { UploadNotices } from './upload-notices.tsx';
import { UploadNumbers } from './upload-numbers.tsx';
import { useQueueAgain } from './use-queue-again.ts';

/** One file and what became of it; live while it is processed. */
export function UploadPage({ id }: { id: number }) {
  const { data: upload, error, refetch, isFetching } = useQuery(uploadQuery(id));
  if (!upload) {
    return (
      <>
        <UploadPageHeader title={`Upload ${id}`} />
        {error && (
          <ErrorState
            title="The upload could not be loaded"
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        )}
      </>
    );
  }
  return (
    <>
      <UploadPageHeader
        title={upload.fileName}
        badge={
          <>
            <UploadStateBadge state={upload.state} />
            {upload.checkOnly && <CheckOnlyBadge />}
          </>
        }
        description={upload.state === 'failed' ? undefined : describeOutcome(upload)}
        primaryAction={<UploadAction upload={upload} />}
        moreActions={<UploadLinks upload={upload} />}
      />
      {error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      <UploadNotices upload={upload} />
      {upload.state === 'processing' && (
        <Card aria-label="Progress">
          <CardBody>
            <ProcessingProgress upload={upload} />
          </CardBody>
        </Card>
      )}
      {/* Of a file that failed by its header there are no numbers. */}
      {(upload.state !== 'failed' || upload.rowsReached > 0) && <UploadNumbers upload={upload} />}
      <Card aria-label="About this upload">
        <CardBody>
          <UploadFacts upload={upload} />
        </CardBody>
      </Card>
      {upload.rowsRejected > 0 && <RejectsCard upload={upload} />}
      <LiveStatus upload={upload} />
    </>
  );
}

/** Says nothing of an upload that had ended before the page was opened. */
function LiveStatus({ upload }: { upload: UploadResponse }) {
  const [wasLive] = useState(!isTerminal(upload.state));
  return (
    <span role="status" className="sr-only">
      {wasLive && announceUpload(upload)}
    </span>
  );
}

function UploadPageHeader(props: Omit<ComponentProps<typeof PageHeader>, 'crumbs'>) {
  return (
    <PageHeader
      {...props}
      crumbs={[{ label: 'Data' }, { label: 'Upload History', href: '/uploads' }]}
    />
  );
}

function UploadAction({ upload }: { upload: UploadResponse }) {
  const missingRole = useMissingRole('editor');
  const queue = useQueueAgain(upload.id);
  if (!isTerminal(upload.state)) return <CancelUploadButton upload={upload} />;
  const isEnded = upload.state !== 'failed' && upload.state !== 'cancelled';
  if (isEnded && !upload.checkOnly) return null;
  const way = isEnded ? 'store' : 'retry';
  return (
    <Button
      variant={isEnded ? 'primary' : 'outline'}
      pending={queue.isPending}
      disabledReason={missingRole}
      onClick={() => {
        queue.mutate(way);
      }}
    >
      {isEnded ? <DatabaseZap aria-hidden /> : <RotateCw aria-hidden />}
      {isEnded ? 'Store this file' : 'Process again'}
    </Button>
  );
}

function UploadLinks({ upload: { tableId, tableName } }: { upload: UploadResponse }) {
  return (
    <>
      <MenuLinkItem href={`/attributes/${tableId}`} icon={<TableProperties aria-hidden />}>
        Table {tableName}
      </MenuLinkItem>
      <MenuLinkItem href={`/attributes/${tableId}/history`} icon={<History aria-hidden />}>
        Upload History of {tableName}
      </MenuLinkItem>
    </>
  );
}
