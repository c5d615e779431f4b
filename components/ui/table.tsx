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

/** In a narrow place each row becomes a card: give every TableCell a `label`, or `isTitle` for the one that names the row. */
export function Table({ label, children, isStale = false, className }: TableProps) {
  return (
    <div className="@container/table">
      <table
        aria-label={label}
        aria-busy={isStale || undefined}
        className={cn(
          'w-full border-separate border-spacing-0 text-sm transition-opacity as-cards:block',
          isStale && 'opacity-60',
          className,
        )}
      >
        {children}
      </table>
    </div>
  );
}

/** Above cards only what can be pressed stays: the sort buttons and "select all". */
export function TableHeader({ children }: { children: ReactNode }) {
  return (
    <thead className="as-cards:block">
      <tr className="as-cards:flex as-cards:flex-wrap as-cards:items-center as-cards:gap-x-1 as-cards:border-b as-cards:px-2.5 as-cards:py-1.5 as-cards:not-has-[button,[role=checkbox]]:sr-only as-cards:has-[[role=checkbox]]:pl-4">
        {children}
      </tr>
    </thead>
  );
}

type TableHeadProps = Omit<ComponentProps<'th'>, 'align'> & { align?: 'start' | 'end' };

const headStyles =
  'sticky top-0 z-10 border-b bg-card px-3 py-2 text-xs font-medium whitespace-nowrap text-muted-foreground first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4 as-cards:static as-cards:border-b-0 as-cards:p-0 as-cards:not-has-[button,[role=checkbox]]:sr-only as-cards:first:pl-0 as-cards:last:pr-0';

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
  className?: string;
};

export function SortableHead({
  children,
  align = 'start',
  direction,
  onSort,
  className,
}: SortableHeadProps) {
  const Icon = direction === null ? ChevronsUpDown : direction === 'asc' ? ArrowUp : ArrowDown;
  const sort =
    direction === null ? 'none' : direction === 'asc' ? ('ascending' as const) : 'descending';
  return (
    <TableHead align={align} aria-sort={sort} {...(className ? { className } : {})}>
      <button
        type="button"
        onClick={onSort}
        className={cn(
          'group/sort -mx-1.5 -my-1 flex h-6 items-center gap-1 rounded-sm px-1.5 transition-colors hover:bg-hover hover:text-foreground as-cards:m-0',
          align === 'end' && 'as-rows:ml-auto as-rows:flex-row-reverse',
          direction !== null && 'text-foreground',
        )}
      >
        {children}
        <Icon
          aria-hidden
          className={cn(
            'size-3.5',
            // Which column it is sorted by should be seen at a glance; the others say it when pointed at.
            direction === null &&
              'opacity-40 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100',
          )}
        />
      </button>
    </TableHead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="as-cards:block as-cards:divide-y">{children}</tbody>;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...props}
      className={cn(
        'group/row transition-colors as-cards:relative as-cards:flex as-cards:flex-col as-cards:gap-1 as-cards:px-4 as-cards:py-3 as-rows:hover:bg-hover/50',
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
        'border-b px-3 py-(--row-padding) align-middle font-normal group-last/row:border-b-0 first:pl-4 last:pr-4 as-cards:flex as-cards:items-baseline as-cards:justify-between as-cards:gap-4 as-cards:border-b-0 as-cards:p-0 as-cards:first:pl-0 as-cards:last:pr-0',
        align === 'end' ? 'text-right tabular-nums' : 'text-left',
        isTitle && 'as-cards:block as-cards:pb-1 as-cards:text-base',
        className,
      )}
    >
      {label !== undefined && (
        <span aria-hidden className="shrink-0 text-xs text-muted-foreground as-rows:hidden">
          {label}
        </span>
      )}
      {label === undefined ? (
        children
      ) : (
        <div className="min-w-0 as-cards:text-right">{children}</div>
      )}
    </Cell>
  );
}

type ActionsCellProps = { children: ReactNode };

/** The row's menu: last column, or the corner of the card. */
export function TableActionsCell({ children }: ActionsCellProps) {
  return (
    <td className="w-10 border-b py-1 pr-2 text-right group-last/row:border-b-0 as-cards:absolute as-cards:top-2 as-cards:right-2 as-cards:border-b-0 as-cards:p-0">
      {children}
    </td>
  );
}
