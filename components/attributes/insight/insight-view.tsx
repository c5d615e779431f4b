'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatShare } from '#components/audiences/format-share.ts';
import { formatCount, formatNumber } from '#components/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AttributeInsight } from '#lib/contracts/audiences.ts';
import { TopValues } from './top-values.tsx';
import { ValueHistogram } from './value-histogram.tsx';

/** What an attribute's values look like, where they come from, and who uses them. */
export function InsightView({ insight }: { insight: AttributeInsight }) {
  const { fillRate, distinct, min, max, isExact, rowCount } = insight;
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
        <Fact name="Filled">
          {fillRate === null ? (
            'The table has no rows.'
          ) : (
            <span className="flex flex-wrap items-center gap-x-2">
              <ShareBar share={fillRate} className="w-12" />
              {formatShare(fillRate, 1)} of {formatCount(rowCount, 'row')}
            </span>
          )}
        </Fact>
        {distinct !== null && (
          <Fact name="Different values">
            {isExact ? formatNumber(distinct) : `about ${formatNumber(distinct)}`}
          </Fact>
        )}
        {min !== null && <Fact name="Smallest">{min}</Fact>}
        {max !== null && <Fact name="Largest">{max}</Fact>}
        <Fact name="Last changed">
          <LastChange insight={insight} />
        </Fact>
        <Fact name="Used by">
          <Uses insight={insight} />
        </Fact>
      </dl>
      {insight.histogram.length > 0 && <ValueHistogram ranges={insight.histogram} />}
      {fillRate !== null && fillRate > 0 && <TopValues values={insight.top} />}
      <p className="text-xs text-pretty text-muted-foreground">
        {isExact
          ? 'From all rows'
          : `From a sample of ${formatNumber(insight.rowsRead)} rows, so that these are estimates`}
        , read <RelativeTime date={insight.computedAt} />.
      </p>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 wrap-anywhere tabular-nums">{children}</dd>
    </>
  );
}

const linkStyles = 'rounded-sm text-brand underline underline-offset-4';

function LastChange({ insight: { lastUpload } }: { insight: AttributeInsight }) {
  if (!lastUpload) return 'No file has changed this table yet.';
  return (
    <>
      by{' '}
      <Link href={`/uploads/${lastUpload.id}`} className={linkStyles}>
        {lastUpload.fileName}
      </Link>{' '}
      (upload {lastUpload.id}), <RelativeTime date={lastUpload.finishedAt} />
    </>
  );
}

const mostNamed = 5;

function Uses({ insight: { usedBy } }: { insight: AttributeInsight }) {
  if (usedBy.length === 0) return 'No audience';
  const rest = usedBy.length - mostNamed;
  return (
    <>
      {usedBy.slice(0, mostNamed).map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/audiences/${id}`} className={linkStyles}>
            {name}
          </Link>
        </span>
      ))}
      {rest > 0 && ` and ${formatCount(rest, 'more audience')}`}
    </>
  );
}
