'use client';

import { CircleX } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#components/cn.ts';
import { formatCount } from '#components/format.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useFailedTables } from './use-failed-tables.ts';
import { isUnder, navigation, type NavigationItem } from './navigation.ts';

type NavigationListProps = { isCollapsed?: boolean; onNavigate?: () => void };

export function NavigationList({ isCollapsed = false, onNavigate }: NavigationListProps) {
  const failures = useFailedTables();
  return (
    <nav aria-label="Main" className="flex flex-col gap-4">
      {navigation.map((group) => (
        <div key={group.label} className="flex flex-col gap-0.5">
          <h2
            className={cn(
              'px-2 pb-0.5 text-xs font-medium tracking-normal text-muted-foreground',
              isCollapsed && 'sr-only',
            )}
          >
            {group.label}
          </h2>
          <ul className="flex flex-col gap-0.5">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavigationLink
                  item={item}
                  isCollapsed={isCollapsed}
                  onNavigate={onNavigate}
                  failures={item.href === '/uploads' ? failures : 0}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

type NavigationLinkProps = {
  item: NavigationItem;
  isCollapsed: boolean;
  onNavigate: (() => void) | undefined;
  /** Tables whose last upload failed; marked when there are any. */
  failures: number;
};

function NavigationLink({ item, isCollapsed, onNavigate, failures }: NavigationLinkProps) {
  const isCurrent = isUnder(usePathname(), item.href);
  const Icon = item.icon;
  const link = (
    <Link
      href={item.href}
      aria-current={isCurrent ? 'page' : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={cn(
        'relative flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors pointer-coarse:h-10',
        isCurrent
          ? 'bg-brand-subtle text-brand'
          : 'text-muted-foreground hover:bg-hover hover:text-foreground',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={cn('flex-1 truncate', isCollapsed && 'sr-only')}>{item.label}</span>
      {failures > 0 && (
        <span
          className={cn(
            'flex items-center gap-1 text-xs text-danger tabular-nums',
            isCollapsed && 'absolute -top-0.5 -right-0.5 rounded-full bg-canvas',
          )}
        >
          <CircleX aria-hidden className="size-3.5" />
          {!isCollapsed && <span aria-hidden>{failures}</span>}
          <span className="sr-only">, {describeFailures(failures)}</span>
        </span>
      )}
    </Link>
  );
  const hint = [isCollapsed && item.label, failures > 0 && describeFailures(failures)]
    .filter((part) => part !== false)
    .join(': ');
  if (hint === '') return link;
  return (
    <Tooltip content={hint} side="right">
      {link}
    </Tooltip>
  );
}

function describeFailures(failures: number): string {
  return `Last upload failed in ${formatCount(failures, 'table')}`;
}
