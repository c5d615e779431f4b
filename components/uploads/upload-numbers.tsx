import { cn } from '#components/cn.ts';
import { formatNumber } from '#components/format.ts';
import type { UploadSummary } from '#lib/contracts/uploads.ts';

/**
 * Read is accepted plus rejected plus what a cancel or a failure left out; accepted is created plus changed plus
 * unchanged plus repeats of a customer, the last two of which only a check tells apart.
 */
export function UploadNumbers({ upload }: { upload: UploadSummary }) {
  const { rowsRead, rowsReached, rowsAccepted, rowsRejected } = upload;
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
      {customersOf(upload).map(({ label, count }) => (
        <Tile key={label} label={label} value={isCounted(upload) ? count : null} />
      ))}
    </dl>
  );
}

/** Customers are counted when a batch is stored, or a check ends: until then they would lag behind the rows. */
function isCounted({ checkOnly, state }: UploadSummary): boolean {
  return checkOnly ? state.startsWith('completed') : state !== 'processing';
}

function customersOf(upload: UploadSummary): { label: string; count: number }[] {
  const { checkOnly, rowsAccepted, rowsCreated, rowsChanged, rowsUnchanged } = upload;
  const rest = rowsAccepted - rowsCreated - rowsChanged;
  const changes = [
    { label: checkOnly ? 'Would be created' : 'Customers created', count: rowsCreated },
    { label: checkOnly ? 'Would be changed' : 'Customers changed', count: rowsChanged },
  ];
  // Files that are stored in batches meet a customer once in each; old checks did not count either.
  if (!checkOnly || (rowsUnchanged === null && isCounted(upload))) {
    return [...changes, { label: 'Unchanged or repeated', count: rest }];
  }
  const unchanged = rowsUnchanged ?? 0;
  return [
    ...changes,
    { label: 'Would be unchanged', count: unchanged },
    { label: 'Repeats of a customer', count: rest - unchanged },
  ];
}

type TileProps = { label: string; value: number | null; className?: string };

function Tile({ label, value, className }: TileProps) {
  return (
    <div className="flex min-w-34 flex-1 flex-col justify-between gap-0.5 bg-card px-4 py-3">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className={cn('text-xl font-semibold tabular-nums', className)}>
        {value === null ? '–' : formatNumber(value)}
      </dd>
    </div>
  );
}
