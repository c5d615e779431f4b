'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, Table2 } from 'lucide-react';
import { useState } from 'react';
import { cn } from '#components/cn.ts';
import { formatCount, formatDuration, formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { DropdownMenu, MenuDownloadItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AudienceCatalogue, AudienceResponse } from '#lib/contracts/audiences.ts';
import { audienceHistoryQuery, membersHref } from '#lib/queries/audiences.ts';
import { formatShare } from '../format-share.ts';
import { HistoryChart } from './history-chart.tsx';
import { plotHistory } from './history-plot.ts';
import { HistoryTable } from './history-table.tsx';

type SizeCardProps = { audience: AudienceResponse; catalogue: AudienceCatalogue | undefined };

/** How large it is, was, and who they are. */
export function SizeCard({ audience, catalogue }: SizeCardProps) {
  return (
    <Card aria-labelledby="audience-size">
      <CardHeader
        titleId="audience-size"
        title="Size"
        actions={<ExportMenu audience={audience} tables={catalogue?.tables ?? []} />}
      />
      <CardBody>
        <CurrentSize size={audience.size} />
        <History audienceId={audience.id} countedAt={audience.size?.countedAt ?? null} />
      </CardBody>
    </Card>
  );
}

function CurrentSize({ size }: Pick<AudienceResponse, 'size'>) {
  if (size === null) {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-muted-foreground">
        <Spinner /> It is being counted for the first time.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span
          className={cn(
            'text-2xl font-semibold tracking-tight tabular-nums',
            !size.isCurrent && 'opacity-50',
          )}
        >
          {formatNumber(size.size)}
        </span>
        <span className="text-sm text-muted-foreground tabular-nums">
          {formatShare(size.size, size.total)} of {formatCount(size.total, 'profile')}
        </span>
      </p>
      <ShareBar
        share={size.total === 0 ? 0 : size.size / size.total}
        className={cn(!size.isCurrent && 'opacity-50')}
      />
      <p role="status" className="flex items-center gap-1.5 text-xs text-muted-foreground">
        {size.isCurrent ? (
          <span>
            Counted <RelativeTime date={size.countedAt} /> in {formatDuration(size.milliseconds)}
          </span>
        ) : (
          <>
            <Spinner />
            <span>
              Counting again. This is from <RelativeTime date={size.countedAt} />.
            </span>
          </>
        )}
      </p>
    </div>
  );
}

type HistoryProps = { audienceId: number; countedAt: string | null };

function History({ audienceId, countedAt }: HistoryProps) {
  const [isTableShown, setTableShown] = useState(false);
  const history = useQuery({
    ...audienceHistoryQuery(audienceId),
    // A new count is seen on the page first.
    refetchInterval: ({ state }) =>
      state.data?.counts.at(-1)?.countedAt === (countedAt ?? undefined) ? 15_000 : 2_000,
  });
  if (history.isPending) return <Skeleton className="h-36" />;
  if (!history.data) {
    return (
      <ErrorState
        className="py-6"
        title="The history could not be loaded"
        error={history.error}
        onRetry={() => void history.refetch()}
        isRetrying={history.isFetching}
      />
    );
  }
  const plot = plotHistory(history.data, new Date(history.dataUpdatedAt));
  if (!plot) return null;
  return (
    <>
      <HistoryChart plot={plot} />
      <Button
        variant="ghost"
        size="sm"
        aria-expanded={isTableShown}
        onClick={() => {
          setTableShown(!isTableShown);
        }}
        className="w-fit text-brand"
      >
        <Table2 aria-hidden />
        {isTableShown ? 'Hide the table' : 'Show as a table'}
      </Button>
      {isTableShown && <HistoryTable history={history.data} />}
    </>
  );
}

type ExportMenuProps = { audience: AudienceResponse; tables: AudienceCatalogue['tables'] };

/** As files that S3 clients and other tools take: one ID in a line, or all IDs of each member. */
function ExportMenu({ audience: { id }, tables }: ExportMenuProps) {
  return (
    <DropdownMenu
      trigger={
        <Button>
          <Download aria-hidden />
          Export members
        </Button>
      }
    >
      <MenuDownloadItem href={membersHref(id)}>All their IDs, as CSV</MenuDownloadItem>
      {tables.length > 0 && <MenuSeparator />}
      {tables
        .filter(({ archived }) => !archived)
        .map((table) => (
          <MenuDownloadItem key={table.id} href={membersHref(id, table.id)}>
            IDs of {table.name}
          </MenuDownloadItem>
        ))}
    </DropdownMenu>
  );
}
