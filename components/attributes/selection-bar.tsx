'use client';

import { Archive, ArchiveRestore } from 'lucide-react';
import { formatCount } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { useArchiveAttributes } from './use-archive-attributes.ts';

type SelectionBarProps = {
  tableId: number;
  selected: readonly AttributeResponse[];
  onClear: () => void;
};

/** What can be done with all marked attributes at once. */
export function SelectionBar({ tableId, selected, onClear }: SelectionBarProps) {
  const archive = useArchiveAttributes(tableId);
  const active = selected.filter(({ archivedAt }) => archivedAt === null);
  const archived = selected.filter(({ archivedAt }) => archivedAt !== null);
  function run(attributes: readonly AttributeResponse[], isArchived: boolean): void {
    archive({ attributes, archived: isArchived });
    onClear();
  }
  return (
    <div
      role="group"
      aria-label="Selected attributes"
      className="sticky bottom-4 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-ring bg-popover px-3 py-1.5 text-sm shadow-lg"
    >
      <p role="status" className="mr-auto font-medium tabular-nums">
        {formatCount(selected.length, 'attribute')} selected
      </p>
      {active.length > 0 && (
        <Button
          size="sm"
          onClick={() => {
            run(active, true);
          }}
        >
          <Archive aria-hidden />
          Archive {active.length}
        </Button>
      )}
      {archived.length > 0 && (
        <Button
          size="sm"
          onClick={() => {
            run(archived, false);
          }}
        >
          <ArchiveRestore aria-hidden />
          Restore {archived.length}
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
