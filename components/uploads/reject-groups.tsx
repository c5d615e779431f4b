'use client';

import { ListFilter } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import { wholeRow, type RejectGroup } from '#lib/contracts/uploads.ts';
import { rejectTitles } from '#lib/core/csv/reject-messages.ts';
import { rejectParameters } from './reject-parameters.ts';
import { RulesLink } from './rules-link.tsx';

type RejectGroupsProps = { tableId: number; groups: readonly RejectGroup[] };

/** What went wrong how often: one line per reason and column, the commonest first. Each shows its rows on demand. */
export function RejectGroups({ tableId, groups }: RejectGroupsProps) {
  const [address, setAddress] = useQueryStates(rejectParameters);
  const sorted = [...groups].sort((a, b) => b.count - a.count);
  return (
    <Table label="Reasons for rejection">
      <TableHeader>
        <TableHead>Reason</TableHead>
        <TableHead>Column</TableHead>
        <TableHead align="end">Rows</TableHead>
        <TableHead>Explanation</TableHead>
        <TableHead className="w-10">
          <span className="sr-only">Filter</span>
        </TableHead>
      </TableHeader>
      <TableBody>
        {sorted.map(({ code, column, count, explanation }) => {
          const place = column ?? wholeRow;
          const isShown = address.code === code && address.column === place;
          return (
            <TableRow key={`${code} ${column ?? ''}`}>
              <TableCell isTitle>
                {rejectTitles[code]}
                <code className="block font-mono text-xs text-muted-foreground">{code}</code>
              </TableCell>
              <TableCell label="Column">
                {column === null ? (
                  <span className="text-muted-foreground">whole row</span>
                ) : (
                  <code className="font-mono text-xs wrap-anywhere">{column}</code>
                )}
              </TableCell>
              <TableCell label="Rows" align="end">
                {formatNumber(count)}
              </TableCell>
              <TableCell className="as-rows:max-w-lg">
                <span className="text-pretty">
                  {explanation}{' '}
                  <RulesLink tableId={tableId} code={code}>
                    Rules
                  </RulesLink>
                </span>
              </TableCell>
              <TableCell>
                <Button
                  size="sm"
                  aria-pressed={isShown}
                  aria-label={`Show only rows with ${rejectTitles[code]} in ${column ?? 'the whole row'}`}
                  onClick={() =>
                    void setAddress(
                      isShown
                        ? { code: null, column: null, page: null }
                        : { code, column: place, page: null },
                      { history: 'push' },
                    )
                  }
                >
                  <ListFilter aria-hidden />
                  {isShown ? 'All rows' : 'Only these'}
                </Button>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
