'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type TableProps = {
  /** Names the table for assistive technology. */
  label: string;
  children: ReactNode;
  /** The previous page, shown while the next one loads. */
  isStale?: boolean;
  className?: string;
};

/** Below `md` each row becomes a card: give every TableCell a `label`, or `isTitle` for the one that names the row. */
export function Table({ label, children, isStale = false, className }: TableProps) {
  return (
    <table
      aria-label={label}
      aria-busy={isStale || undefined}
      className={cn(
        'w-full border-separate border-spacing-0 text-sm transition-opacity max-md:block',
        isStale && 'opacity-60',
        className,
      )}
    >
      {children}
    </table>
  );
}

export function TableHeader({ children }: { children: ReactNode }) {
  return (
    <thead className="max-md:sr-only">
      <tr>{children}</tr>
    </thead>
  );
}

type TableHeadProps = Omit<ComponentProps<'th'>, 'align'> & { align?: 'start' | 'end' };

const headStyles =
  'sticky top-0 z-10 border-b bg-card px-3 py-2 text-xs font-medium whitespace-nowrap text-muted-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4';

export function TableHead({ align = 'start', className, ...props }: TableHeadProps) {
  return (
    <th
      scope="col"
      {...props}
      className={cn(headStyles, align === 'end' ? 'text-right' : 'text-left', className)}
    />
  );
}

type SortableHeadProps = {
  children: ReactNode;
  align?: 'start' | 'end';
  /** null: the table is sorted by something else. */
  direction: 'asc' | 'desc' | null;
  onSort: () => void;
};

export function SortableHead({ children, align = 'start', direction, onSort }: SortableHeadProps) {
  const Icon = direction === null ? ChevronsUpDown : direction === 'asc' ? ArrowUp : ArrowDown;
  const sort =
    direction === null ? 'none' : direction === 'asc' ? ('ascending' as const) : 'descending';
  return (
    <TableHead align={align} aria-sort={sort}>
      <button
        type="button"
        onClick={onSort}
        className={cn(
          '-mx-1.5 -my-1 flex h-6 items-center gap-1 rounded-sm px-1.5 transition-colors hover:bg-hover hover:text-foreground',
          align === 'end' && 'ml-auto flex-row-reverse',
          direction !== null && 'text-foreground',
        )}
      >
        {children}
        <Icon aria-hidden className="size-3.5" />
      </button>
    </TableHead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="max-md:block max-md:divide-y">{children}</tbody>;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...props}
      className={cn(
        'group/row transition-colors max-md:relative max-md:flex max-md:flex-col max-md:gap-1 max-md:px-4 max-md:py-3 md:hover:bg-hover/50',
        className,
      )}
    />
  );
}

type TableCellProps = Omit<ComponentProps<'td'>, 'align'> & {
  align?: 'start' | 'end';
  /** Stands before the value when the row is a card. */
  label?: string;
  /** The cell that names the row: a row header, first and without label on the card. */
  isTitle?: boolean;
};

export function TableCell({
  align = 'start',
  label,
  isTitle = false,
  className,
  children,
  ...props
}: TableCellProps) {
  const Cell = isTitle ? 'th' : 'td';
  return (
    <Cell
      scope={isTitle ? 'row' : undefined}
      {...props}
      className={cn(
        'border-b px-3 py-(--row-padding) align-middle font-normal group-last/row:border-b-0 first:pl-4 last:pr-4 max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:border-b-0 max-md:p-0 max-md:first:pl-0 max-md:last:pr-0',
        align === 'end' ? 'text-right tabular-nums' : 'text-left',
        isTitle && 'max-md:block max-md:pb-1 max-md:text-base',
        className,
      )}
    >
      {label !== undefined && (
        <span aria-hidden className="shrink-0 text-xs text-muted-foreground md:hidden">
          {label}
        </span>
      )}
      {label === undefined ? children : <div className="min-w-0 max-md:text-right">{children}</div>}
    </Cell>
  );
}

type ActionsCellProps = { children: ReactNode };

/** The row's menu: last column, or the corner of the card. */
export function TableActionsCell({ children }: ActionsCellProps) {
  return (
    <td className="w-10 border-b py-1 pr-2 text-right group-last/row:border-b-0 max-md:absolute max-md:top-2 max-md:right-2 max-md:border-b-0 max-md:p-0">
      {children}
    </td>
  );
}
