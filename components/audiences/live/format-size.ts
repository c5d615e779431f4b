import { formatNumber } from '#components/format.ts';

interface Estimate {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Two digits, three where it is a good one: nobody should read an estimate as exact. Bounds are rounded outwards, so
 * that they stay true.
 */
export function formatEstimate({ size, low, high }: Estimate): {
  readonly about: string;
  readonly low: string;
  readonly high: string;
} {
  const digits = high - low < size / 20 ? 3 : 2;
  return {
    about: compact(digits).format(size),
    low: compact(digits, 'floor').format(low),
    high: compact(digits, 'ceil').format(high),
  };
}

/** For narrow places: 1,234 in full, 12,345 as "12.3K". */
export function formatShort(size: number): string {
  return size < 10_000 ? formatNumber(size) : compact(3).format(size);
}

function compact(
  maximumSignificantDigits: number,
  roundingMode: 'floor' | 'ceil' | 'halfExpand' = 'halfExpand',
): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', {
    notation: 'compact',
    maximumSignificantDigits,
    roundingMode,
  });
}
