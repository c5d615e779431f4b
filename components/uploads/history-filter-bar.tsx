'use client';

import { FilterX } from 'lucide-react';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { StatusFilter } from '#components/ui/status-filter.tsx';
import { uploadStateWord } from '#components/ui/upload-state-badge.tsx';
import { uploadSources, uploadStates } from '#lib/contracts/uploads.ts';
import { DayRange } from './day-range.tsx';
import { hasFilters, isBackwards } from './history-parameters.ts';
import { sourceWords } from './source-label.tsx';
import type { HistoryAddressState } from './use-history-address.ts';

const stateOptions = [
  { value: 'all', label: 'All' },
  ...uploadStates.map((state) => ({ value: state, label: uploadStateWord(state) })),
] as const;

const sourceOptions = [
  { value: 'all', label: 'All' },
  ...uploadSources.map((source) => ({ value: source, label: sourceWords[source] })),
] as const;

type HistoryFilterBarProps = { history: HistoryAddressState; showsTable: boolean };

export function HistoryFilterBar({ history, showsTable }: HistoryFilterBarProps) {
  const { address, setFilter, clearFilters } = history;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search files"
        value={address.search}
        onValueChange={(search) => {
          setFilter({ search });
        }}
      />
      <StatusFilter
        label="State"
        options={stateOptions}
        value={address.state ?? 'all'}
        onValueChange={(state) => {
          setFilter({ state: state === 'all' ? null : state });
        }}
      />
      <StatusFilter
        label="Source"
        options={sourceOptions}
        value={address.source ?? 'all'}
        onValueChange={(source) => {
          setFilter({ source: source === 'all' ? null : source });
        }}
      />
      {showsTable && (
        <TablePicker
          aria-label="Table"
          prefix="Table:"
          noneLabel="All"
          value={address.table}
          onValueChange={(table) => {
            setFilter({ table });
          }}
          className="w-auto max-w-64 min-w-36"
        />
      )}
      <DayRange
        label="Received"
        from={address.from}
        to={address.to}
        isInvalid={isBackwards(address)}
        onChange={setFilter}
      />
      {hasFilters(address) && (
        <Button variant="ghost" onClick={clearFilters}>
          <FilterX aria-hidden />
          Clear filters
        </Button>
      )}
    </div>
  );
}
