'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { formatCount, formatNumber } from '#components/format.ts';
import { Button } from './button.tsx';
import { Select } from './select.tsx';

const pageSizes = ['25', '50', '100', '200'] as const;

type PaginationProps = {
  /** What is listed, in the singular: "table". */
  noun: string;
  plural?: string;
  page: number;
  perPage: number;
  total: number;
  onPageChange: (page: number) => void;
  onPerPageChange?: (perPage: number) => void;
};

export function Pagination({
  noun,
  plural = `${noun}s`,
  page,
  perPage,
  total,
  onPageChange,
  onPerPageChange,
}: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const first = total === 0 ? 0 : (page - 1) * perPage + 1;
  const last = Math.min(page * perPage, total);
  const size = pageSizes.find((candidate) => candidate === String(perPage)) ?? '25';
  return (
    <nav
      aria-label={`Pages of ${plural}`}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-4 py-2 text-xs text-muted-foreground"
    >
      <p className="tabular-nums" role="status">
        {pages > 1 && `${formatNumber(first)}–${formatNumber(last)} of `}
        {formatCount(total, noun, plural)}
      </p>
      <div className="flex items-center gap-2">
        {onPerPageChange && total > 25 && (
          <Select
            aria-label="Rows per page"
            prefix="Rows:"
            options={pageSizes.map((value) => ({ value, label: value }))}
            value={size}
            onValueChange={(value) => {
              onPerPageChange(Number(value));
            }}
            className="h-7 w-auto text-xs"
          />
        )}
        {pages > 1 && (
          <>
            <Button
              size="icon-sm"
              aria-label="Previous page"
              disabled={page <= 1}
              focusableWhenDisabled
              onClick={() => {
                onPageChange(page - 1);
              }}
            >
              <ChevronLeft aria-hidden />
            </Button>
            <span className="tabular-nums">
              Page {formatNumber(page)} of {formatNumber(pages)}
            </span>
            <Button
              size="icon-sm"
              aria-label="Next page"
              disabled={page >= pages}
              focusableWhenDisabled
              onClick={() => {
                onPageChange(page + 1);
              }}
            >
              <ChevronRight aria-hidden />
            </Button>
          </>
        )}
      </div>
    </nav>
  );
}
