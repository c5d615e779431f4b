// One locale on the server and in the browser, so that both render the same text.
const locale = 'en-US';

const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** 1204567 becomes 1,204,567. */
export function formatNumber(value: number | bigint): string {
  return integers.format(value);
}

/** 12 of "row" becomes "12 rows". */
export function formatCount(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(value)} ${value === 1 ? singular : plural}`;
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers and S3 consoles show them: 1536000 becomes 1.5 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit: (typeof byteUnits)[number] = 'B';
  for (const next of byteUnits) {
    unit = next;
    if (value < 999.95) break;
    if (next !== 'TB') value /= 1000;
  }
  return `${oneDecimal.format(value)} ${unit}`;
}

/** Two units at most: 850 ms, 4.2 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${oneDecimal.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joinUnits(minutes, 'min', whole % 60, 's');
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** What is still to come is not known to a fraction: "1 s left", "3 min 20 s left". */
export function formatTimeLeft(seconds: number): string {
  return `${formatDuration(Math.max(1, Math.ceil(seconds)) * 1000)} left`;
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${formatNumber(large)} ${largeUnit}`;
  return small === 0 ? first : `${first} ${String(small)} ${smallUnit}`;
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "just now", "5 minutes ago", "yesterday"; null when it is longer ago than a week. */
export function formatRelativeTime(date: Date, now: Date): string | null {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return 'just now';
  if (distance >= 7 * 86_400) return null;
  for (const [unit, size] of steps) {
    if (distance >= size * 0.75) return relative.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** "12 Mar 2026", in the given time zone or the reader's own. */
export function formatDate(date: Date, timeZone?: 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);
}

/** "12 Mar 2026, 14:03:22 CET", in the given time zone or the reader's own. */
export function formatDateTime(date: Date, timeZone?: 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);
}
