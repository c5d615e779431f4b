import { useId } from 'react';
import { formatShare } from '#components/audiences/format-share.ts';
import type { AttributeInsight } from '#lib/contracts/audiences.ts';
import { HistogramColumns } from './histogram-columns.tsx';

type Ranges = AttributeInsight['histogram'];

/** Columns to look at, and the same numbers as a table to read. */
export function ValueHistogram({ ranges }: { ranges: Ranges }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2">
      <h3 id={titleId} className="text-sm font-medium">
        How the values spread
      </h3>
      <div aria-hidden className="flex flex-col gap-1">
        <HistogramColumns ranges={ranges} className="h-24" />
        <div className="flex justify-between gap-4 text-xs text-muted-foreground tabular-nums">
          <span className="truncate">{ranges[0]?.from}</span>
          <span className="truncate">{ranges.at(-1)?.to}</span>
        </div>
      </div>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer rounded-sm py-1 text-xs text-muted-foreground hover:text-foreground">
          Show as a table
        </summary>
        <RangeTable ranges={ranges} labelledBy={titleId} />
      </details>
    </section>
  );
}

function RangeTable({ ranges, labelledBy }: { ranges: Ranges; labelledBy: string }) {
  return (
    <table aria-labelledby={labelledBy} className="mt-1 w-full text-xs tabular-nums">
      <thead className="text-left text-muted-foreground">
        <tr>
          <th scope="col" className="py-1 pr-3 font-medium">
            From
          </th>
          <th scope="col" className="py-1 pr-3 font-medium">
            To below
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {ranges.map(({ from, to, share }) => (
          <tr key={from}>
            <td className="py-0.5 pr-3 wrap-anywhere">{from}</td>
            <td className="py-0.5 pr-3 wrap-anywhere">{to}</td>
            <td className="py-0.5 text-right">{formatShare(share, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
