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

/** What is wrong with one row; the row itself on demand. */
export function RejectedRowItem({ row }: { row: RejectedRow }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <TableRow className={isOpen ? 'max-md:border-b-0 md:*:border-b-0' : ''}>
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
            <span className="md:hidden">Line</span> {formatNumber(row.line)}
          </Button>
        </TableCell>
        <TableCell label="Column">
          {row.column === null ? (
            <span className="text-muted-foreground">whole row</span>
          ) : (
            <code className="font-mono text-xs wrap-anywhere">{row.column}</code>
          )}
        </TableCell>
        <TableCell label="Value" className="md:max-w-72">
          <RejectedValue value={row.value} />
        </TableCell>
        <TableCell className="text-pretty md:max-w-lg">{row.message}</TableCell>
      </TableRow>
      <tr
        id={id}
        hidden={!isOpen}
        className="max-md:block max-md:px-4 max-md:pb-3 [&[hidden]]:hidden"
      >
        <td colSpan={4} className="border-b px-4 pb-3 max-md:block max-md:border-b-0 max-md:p-0">
          {isOpen && <CodeBlock label={`Row of line ${row.line}`} code={row.raw} />}
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
