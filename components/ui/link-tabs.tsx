'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#components/cn.ts';

type LinkTabsProps = {
  label: string;
  tabs: readonly { readonly href: string; readonly label: string; readonly count?: number }[];
};

/** Sub-views of a page as real links; the one whose path is open is marked. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {tabs.map((tab) => {
          const isCurrent = pathname === tab.href;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                ref={isCurrent ? scrollIntoRow : null}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex h-9 items-center gap-1.5 border-b-2 px-2.5 text-sm font-medium whitespace-nowrap transition-colors focus-visible:-outline-offset-2',
                  isCurrent
                    ? 'border-primary text-foreground'
                    : 'border-transparent text-muted-foreground hover:text-foreground',
                )}
              >
                {tab.label}
                {tab.count !== undefined && (
                  <span className="rounded-full bg-muted px-1.5 text-xs text-muted-foreground tabular-nums">
                    {tab.count}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** On phones the row of tabs may be wider than the screen. */
function scrollIntoRow(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
