'use client';

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { cn } from '#components/cn.ts';
import { formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import type { RejectedRow } from '#lib/contracts/uploads.ts';
import { rejectTitles } from '#lib/core/csv/reject-messages.ts';

/** What is wrong with one row; what was expected and the row itself on demand. */
export function RejectedRowItem({ row }: { row: RejectedRow }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <TableRow
        className={cn(
          'nth-last-2:*:border-b-0',
          isOpen && 'as-cards:border-b-0 as-rows:*:border-b-0',
        )}
      >
        <TableCell isTitle className="whitespace-nowrap tabular-nums">
          <Button
            variant="ghost"
            size="sm"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`${isOpen ? 'Hide' : 'Show'} the row of line ${row.line}`}
            onClick={() => {
              setOpen(!isOpen);
            }}
            className="-ml-2.5 text-sm font-normal"
          >
            <ChevronRight
              aria-hidden
              className={cn('text-muted-foreground transition-transform', isOpen && 'rotate-90')}
            />
            <span className="as-rows:hidden">Line</span> {formatNumber(row.line)}
          </Button>
        </TableCell>
        <TableCell label="Column">
          {row.column === null ? (
            <span className="text-muted-foreground">whole row</span>
          ) : (
            <code className="font-mono text-xs wrap-anywhere">{row.column}</code>
          )}
        </TableCell>
        <TableCell label="Value" className="as-rows:max-w-72 as-rows:min-w-24">
          <RejectedValue value={row.value} />
        </TableCell>
        <TableCell className="text-pretty text-muted-foreground as-rows:max-w-lg">
          {rejectTitles[row.code]}
        </TableCell>
      </TableRow>
      <tr
        id={id}
        hidden={!isOpen}
        className="last:*:border-b-0 as-cards:block as-cards:px-4 as-cards:pb-3 [&[hidden]]:hidden"
      >
        <td
          colSpan={4}
          className="border-b px-4 pb-3 as-cards:block as-cards:border-b-0 as-cards:p-0"
        >
          {isOpen && (
            <div className="flex flex-col gap-2">
              <p className="text-sm text-pretty text-muted-foreground">{row.message}</p>
              <CodeBlock label={`Row of line ${row.line}`} code={row.raw} />
            </div>
          )}
        </td>
      </tr>
    </>
  );
}

function RejectedValue({ value }: { value: string | null }) {
  if (value === null) return <span className="text-muted-foreground">–</span>;
  if (value === '') return <span className="text-muted-foreground">empty</span>;
  return <ExactText text={value} className="font-mono text-xs" />;
}
