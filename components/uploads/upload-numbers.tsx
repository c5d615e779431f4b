import { cn } from '#components/cn.ts';
import { formatNumber } from '#components/format.ts';
import type { UploadSummary } from '#lib/contracts/uploads.ts';

/** Read is accepted plus rejected plus what a cancel or a failure left out; accepted is created plus changed plus unchanged or repeated. */
export function UploadNumbers({ upload }: { upload: UploadSummary }) {
  const { rowsRead, rowsReached, rowsAccepted, rowsRejected, rowsCreated, rowsChanged } = upload;
  const { state, checkOnly } = upload;
  const unchanged = rowsAccepted - rowsCreated - rowsChanged;
  // Customers are counted when a batch is stored: until the end they would lag behind the rows.
  const isSettled = state !== 'processing';
  return (
    <dl className="flex flex-wrap gap-px overflow-hidden rounded-lg border bg-border">
      <Tile label="Rows read" value={rowsReached} />
      <Tile label="Rows accepted" value={rowsAccepted} />
      <Tile
        label="Rows rejected"
        value={rowsRejected}
        className={rowsRejected > 0 ? 'text-warning' : ''}
      />
      {rowsReached > rowsRead && <Tile label="Read and left out" value={rowsReached - rowsRead} />}
      <Tile
        label={checkOnly ? 'Would be created' : 'Customers created'}
        value={isSettled ? rowsCreated : null}
      />
      <Tile
        label={checkOnly ? 'Would be changed' : 'Customers changed'}
        value={isSettled ? rowsChanged : null}
      />
      <Tile label="Unchanged or repeated" value={isSettled ? unchanged : null} />
    </dl>
  );
}

type TileProps = { label: string; value: number | null; className?: string };

function Tile({ label, value, className }: TileProps) {
  return (
    <div className="flex min-w-36 flex-1 flex-col justify-between gap-0.5 bg-card px-4 py-3">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className={cn('text-xl font-semibold tabular-nums', className)}>
        {value === null ? '–' : formatNumber(value)}
      </dd>
    </div>
  );
}
