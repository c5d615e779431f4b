'use client';

import { Progress as BaseProgress } from '@base-ui/react/progress';
import { cn } from '#components/cn.ts';

type ProgressProps = {
  /** What is under way, for assistive technology: "Processing customers.csv". */
  label: string;
  /** 0 to 100; null while it cannot be told. */
  value: number | null;
  /** Said instead of the percentage, such as "1.2 of 4 GB". */
  valueText?: string;
  tone?: 'brand' | 'neutral';
  className?: string;
};

const tones = { brand: 'bg-primary', neutral: 'bg-muted-foreground' } as const;

export function Progress({ label, value, valueText, tone = 'brand', className }: ProgressProps) {
  return (
    <BaseProgress.Root
      aria-label={label}
      value={value}
      {...(valueText === undefined ? {} : { getAriaValueText: () => valueText })}
      className={cn('w-full', className)}
    >
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-muted">
        <BaseProgress.Indicator
          className={cn(
            'h-full rounded-full transition-[width] duration-500 ease-linear data-indeterminate:w-1/3 data-indeterminate:animate-indeterminate',
            tones[tone],
          )}
        />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
