'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { formatDuration, formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import type { AudienceOverlap } from '#lib/contracts/audiences.ts';
import { formatShare } from '../format-share.ts';
import { regionsOf } from './overlap-regions.ts';
import { Venn, vennLooks } from './venn.tsx';

type OverlapResultProps = {
  overlap: AudienceOverlap;
  /** Others are being counted. */
  isStale: boolean;
  /** Of any but the first, whose page this is. */
  onRemove: (audienceId: number) => void;
};

export function OverlapResult({ overlap, isStale, onRemove }: OverlapResultProps) {
  const { audiences, milliseconds } = overlap;
  const regions = regionsOf(overlap);
  const inAny = regions.reduce((sum, { size }) => sum + size, 0);
  return (
    <div
      aria-busy={isStale || undefined}
      className={cn(
        'grid items-center gap-6 p-4 transition-opacity md:grid-cols-2',
        isStale && 'opacity-50',
      )}
    >
      <Venn audiences={audiences} regions={regions} />
      <div className="flex min-w-0 flex-col gap-4">
        <ul aria-label="Audiences that are compared" className="flex flex-col">
          {audiences.map(({ id, name, size }, index) => (
            <li key={id} className="flex min-h-8 items-center gap-2 text-sm">
              <span
                aria-hidden
                className={cn('size-2.5 shrink-0 rounded-full', vennLooks[index]?.dot)}
              />
              <span className="min-w-0 flex-1 truncate">
                {index === 0 ? (
                  <span className="font-medium">{name}</span>
                ) : (
                  <Link
                    href={`/audiences/${id}`}
                    className="rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {name}
                  </Link>
                )}
              </span>
              <span className="tabular-nums">{formatNumber(size)}</span>
              <span className="w-7">
                {index > 0 && (
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Remove ${name}`}
                    onClick={() => {
                      onRemove(id);
                    }}
                    className="text-muted-foreground"
                  >
                    <X aria-hidden />
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
        <table aria-label="Overlap" className="w-full text-sm">
          <thead>
            <tr className="text-xs text-muted-foreground">
              <th scope="col" className="pb-1.5 text-left font-medium">
                Profiles
              </th>
              <th scope="col" className="pb-1.5 text-right font-medium">
                Size
              </th>
              <th scope="col" className="w-20 pb-1.5 text-right font-medium">
                Of all these
              </th>
            </tr>
          </thead>
          <tbody>
            {regions.map(({ key, words, size }) => (
              <tr key={key} className={cn(size === 0 && 'text-muted-foreground')}>
                <th scope="row" className="border-t py-1.5 text-left font-normal wrap-anywhere">
                  {words}
                </th>
                <td className="border-t py-1.5 pl-3 text-right tabular-nums">
                  {formatNumber(size)}
                </td>
                <td className="border-t py-1.5 text-right text-muted-foreground tabular-nums">
                  {formatShare(size, inAny)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="text-xs text-muted-foreground">Counted in {formatDuration(milliseconds)}</p>
      </div>
    </div>
  );
}
