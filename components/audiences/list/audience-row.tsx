'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { memo, useState } from 'react';
import { formatCount, formatNumber } from '#components/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import type { ListedAudience } from '#lib/contracts/audiences.ts';
import { AudienceMenu } from '../audience-menu.tsx';
import { DeleteAudienceDialog } from '../delete-audience-dialog.tsx';
import { formatShare } from '../format-share.ts';
import { SizeSparkline } from './size-sparkline.tsx';

/** A hundred of them may be listed; a key typed into the search leaves them as they are. */
export const AudienceRow = memo(function AudienceRow({ audience }: { audience: ListedAudience }) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10 as-rows:max-w-72 as-rows:min-w-44">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Link
            href={`/audiences/${audience.id}`}
            className="rounded-sm font-medium wrap-break-word underline-offset-4 hover:underline"
          >
            {audience.name}
          </Link>
          {audience.archived && <Badge>Archived</Badge>}
          {audience.faultCount > 0 && (
            <Badge tone="warning">
              <TriangleAlert aria-hidden />
              {formatCount(audience.faultCount, 'broken rule')}
            </Badge>
          )}
        </span>
        {audience.description !== null && audience.description !== '' && (
          <span className="line-clamp-1 text-xs text-muted-foreground">{audience.description}</span>
        )}
      </TableCell>
      <TableCell label="Who is in it" className="text-muted-foreground as-rows:min-w-56">
        <span className="line-clamp-2 wrap-break-word">{audience.words}</span>
      </TableCell>
      <TableCell label="Size" align="end">
        <span className="flex items-center justify-end gap-3">
          <SizeSparkline trend={audience.trend} />
          <Size size={audience.size} />
        </span>
      </TableCell>
      <TableCell label="Used by" align="end" className="as-narrow-rows:hidden">
        {audience.usedByCount === 0 ? (
          <span className="text-muted-foreground">–</span>
        ) : (
          <span className="whitespace-nowrap">{formatCount(audience.usedByCount, 'audience')}</span>
        )}
      </TableCell>
      <TableCell label="Modified" className="as-narrow-rows:hidden">
        <span className="flex flex-col text-muted-foreground as-cards:items-end">
          <RelativeTime date={audience.updatedAt} className="w-fit" />
          <span className="max-w-40 truncate text-xs">by {audience.updatedBy}</span>
        </span>
      </TableCell>
      <TableActionsCell>
        <RowMenu name={audience.name}>
          <AudienceMenu
            audience={audience}
            withLinks
            onDelete={() => {
              setDeleting(true);
            }}
          />
        </RowMenu>
        {isDeleting && (
          <DeleteAudienceDialog
            audience={audience}
            onClose={() => {
              setDeleting(false);
            }}
          />
        )}
      </TableActionsCell>
    </TableRow>
  );
});

function Size({ size }: Pick<ListedAudience, 'size'>) {
  if (size === null) return <span className="text-muted-foreground">Not counted yet</span>;
  return (
    <span className="flex flex-col items-end as-rows:min-w-34">
      <span className={size.isCurrent ? 'font-medium' : 'text-muted-foreground'}>
        {formatNumber(size.size)}
      </span>
      <span className="text-xs whitespace-nowrap text-muted-foreground">
        {size.isCurrent ? (
          <>
            {formatShare(size.size, size.total)} · <RelativeTime date={size.countedAt} />
          </>
        ) : (
          'counting again…'
        )}
      </span>
    </span>
  );
}
