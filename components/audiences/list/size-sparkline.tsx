'use client';

import { formatDate, formatNumber } from '#components/format.ts';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { ListedAudience } from '#lib/contracts/audiences.ts';
import { sparklinePath } from './sparkline-path.ts';

const WIDTH = 56;
const HEIGHT = 20;

/** How the size moved, at a glance; the audience's page has the numbers. */
export function SizeSparkline({ trend }: Pick<ListedAudience, 'trend'>) {
  // The line ends now, which is another moment in the browser than on the server.
  const isHydrated = useHydrated();
  const [first] = trend;
  const last = trend.at(-1);
  if (!isHydrated || !first || !last || first === last) {
    return <span className="as-cards:hidden" style={{ width: WIDTH }} />;
  }
  const since = formatDate(new Date(first.countedAt));
  return (
    <svg
      role="img"
      aria-label={`From ${formatNumber(first.size)} to ${formatNumber(last.size)} since ${since}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`}
      className="shrink-0 text-brand"
    >
      <path
        d={sparklinePath(trend, { width: WIDTH, height: HEIGHT, now: new Date() })}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
