import { formatDateTime, formatDate } from '#components/format.ts';
import { MAX_PLAUSIBLE_EPOCH } from '#lib/core/datatypes/limits.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';

/**
 * A date or time once more, for human eyes and in UTC; null for values that are no times.
 *
 * @example echoTime('epoch', '1651676123') // '4 May 2022, 14:55:23 UTC'
 */
export function echoTime(type: ValueType, value: string): string | null {
  switch (type) {
    case 'date':
      return formatDate(new Date(`${value}T00:00:00Z`), 'UTC');
    case 'datetime':
      return formatDateTime(new Date(value), 'UTC');
    case 'epoch':
      return echoEpoch(value);
    default:
      return null;
  }
}

function echoEpoch(value: string): string {
  const seconds = Number(value);
  if (seconds <= MAX_PLAUSIBLE_EPOCH) return formatDateTime(new Date(seconds * 1000), 'UTC');
  const asMilliseconds = new Date(seconds);
  return Number.isNaN(asMilliseconds.getTime())
    ? 'beyond any calendar'
    : `beyond the year 5138 as seconds; as milliseconds ${formatDateTime(asMilliseconds, 'UTC')}`;
}
