'use client';

import { formatCount } from '#components/format.ts';
import { useDebounced } from '#components/use-debounced.ts';
import { formatShare } from '../format-share.ts';
import type { LiveSize } from './use-live-size.ts';

/** Long enough that who types on hears only the last number. */
const QUIET = 1_200;

/** Says the exact number once it stands, and nothing in between. */
export function SizeAnnouncer({ size, isStale }: { size: LiveSize; isStale: boolean }) {
  const { answer } = size;
  const isFinal = answer?.isExact === true && !isStale;
  const text = isFinal
    ? `${formatCount(answer.size, 'profile')}, ${formatShare(answer.size, answer.total)} of all`
    : '';
  const settled = useDebounced(text, QUIET);
  return (
    <span role="status" aria-label="Size" className="sr-only">
      {settled === text ? text : ''}
    </span>
  );
}
