'use client';

import { useQuery } from '@tanstack/react-query';
import { DatatypeBadge } from '#components/attributes/datatype-badge.tsx';
import { HistogramColumns } from '#components/attributes/insight/histogram-columns.tsx';
import { formatCount, formatNumber } from '#components/format.ts';
import { echoTime } from '#components/profiles/echo-time.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useDebounced } from '#components/use-debounced.ts';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AttributeInsight } from '#lib/contracts/audiences.ts';
import { attributeInsightQuery } from '#lib/queries/audiences.ts';
import { formatShare } from '../format-share.ts';
import type { EditorAttribute } from '../model/editor-catalog.ts';

const SHOWN_VALUES = 5;

/** What the values of the attribute under the cursor are like. */
export function AttributeInsightPane({ attribute }: { attribute: EditorAttribute }) {
  const { id, name, description, datatype, format, tableName } = attribute;
  // Who walks through the list asks only where they stop.
  const settledId = useDebounced(id, 150);
  const insight = useQuery({
    ...attributeInsightQuery(settledId),
    staleTime: 60_000,
    retry: false,
  });
  const known = settledId === id ? insight.data : undefined;
  return (
    <div className="flex flex-col gap-3 p-3 text-sm">
      <div className="flex flex-col gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium wrap-anywhere">{name}</span>
          <span className="text-xs text-muted-foreground">{tableName}</span>
        </p>
        <DatatypeBadge datatype={datatype} format={format} />
        {description !== null && description !== '' && (
          <p className="line-clamp-3 text-xs text-muted-foreground">{description}</p>
        )}
      </div>
      {known && <Known attribute={attribute} insight={known} />}
      {!known && insight.isError && settledId === id && (
        <p className="text-xs text-muted-foreground">
          Its values could not be looked at. {insight.error.message}
        </p>
      )}
      {!known && !insight.isError && (
        <div aria-busy="true" className="flex flex-col gap-2">
          <Skeleton className="h-1.5" />
          <Skeleton className="w-32" />
          <Skeleton className="h-14" />
        </div>
      )}
    </div>
  );
}

type KnownProps = { attribute: EditorAttribute; insight: AttributeInsight };

function Known({ attribute, insight }: KnownProps) {
  const { rowCount, rowsRead, isExact, fillRate, distinct, min, max, top, histogram } = insight;
  const nameOf = (value: string) =>
    (attribute.type === 'epoch' ? echoTime('epoch', value) : null) ?? value;
  if (rowCount === 0 || fillRate === null) {
    return <p className="text-xs text-muted-foreground">The table has no rows yet.</p>;
  }
  return (
    <>
      <div className="flex flex-col gap-1">
        <ShareBar share={fillRate} />
        <p className="text-xs text-muted-foreground tabular-nums">
          {formatShare(fillRate, 1)} of {formatCount(rowCount, 'row')} filled
        </p>
      </div>
      {histogram.length > 1 && <HistogramColumns ranges={histogram} className="h-14" />}
      {min !== null && max !== null && (
        <dl className="flex justify-between gap-3 text-xs tabular-nums">
          <div>
            <dt className="text-muted-foreground">Smallest</dt>
            <dd className="wrap-anywhere">{nameOf(min)}</dd>
          </div>
          <div className="text-right">
            <dt className="text-muted-foreground">Largest</dt>
            <dd className="wrap-anywhere">{nameOf(max)}</dd>
          </div>
        </dl>
      )}
      {top.length > 0 && histogram.length <= 1 && (
        <table aria-label="Most frequent values" className="w-full text-xs">
          <tbody>
            {top.slice(0, SHOWN_VALUES).map(({ value, share }) => (
              <tr key={value}>
                <th scope="row" className="max-w-0 py-0.5 pr-2 text-left font-normal">
                  <span className="block truncate whitespace-pre">{nameOf(value)}</span>
                </th>
                <td className="w-14 py-0.5">
                  <ShareBar share={share} className="h-1" />
                </td>
                <td className="w-12 py-0.5 text-right text-muted-foreground tabular-nums">
                  {formatShare(share, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="text-xs text-muted-foreground tabular-nums">
        {distinct !== null && (
          <>
            {isExact ? '' : 'About '}
            {formatCount(distinct, 'different value')}
          </>
        )}
        {!isExact && <>, from a sample of {formatNumber(rowsRead)} rows</>}
      </p>
    </>
  );
}
