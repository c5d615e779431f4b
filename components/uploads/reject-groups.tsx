import { formatNumber } from '#components/format.ts';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { RejectGroup } from '#lib/contracts/uploads.ts';
import { rejectTitles } from '#lib/core/csv/reject-messages.ts';
import { RulesLink } from './rules-link.tsx';

type RejectGroupsProps = { tableId: number; groups: readonly RejectGroup[] };

/** What went wrong how often: one line per reason and column, the commonest first. */
export function RejectGroups({ tableId, groups }: RejectGroupsProps) {
  const sorted = [...groups].sort((a, b) => b.count - a.count);
  return (
    <Table label="Reasons for rejection">
      <TableHeader>
        <TableHead>Reason</TableHead>
        <TableHead>Column</TableHead>
        <TableHead align="end">Rows</TableHead>
        <TableHead>Explanation</TableHead>
      </TableHeader>
      <TableBody>
        {sorted.map(({ code, column, count, explanation }) => (
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
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
