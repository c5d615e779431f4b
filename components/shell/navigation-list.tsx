'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#components/cn.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { isUnder, navigation, type NavigationItem } from './navigation.ts';

type NavigationListProps = { isCollapsed?: boolean; onNavigate?: () => void };

export function NavigationList({ isCollapsed = false, onNavigate }: NavigationListProps) {
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
                <NavigationLink item={item} isCollapsed={isCollapsed} onNavigate={onNavigate} />
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
};

function NavigationLink({ item, isCollapsed, onNavigate }: NavigationLinkProps) {
  const isCurrent = isUnder(usePathname(), item.href);
  const Icon = item.icon;
  const link = (
    <Link
      href={item.href}
      aria-current={isCurrent ? 'page' : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors pointer-coarse:h-10',
        isCurrent
          ? 'bg-brand-subtle text-brand'
          : 'text-muted-foreground hover:bg-hover hover:text-foreground',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={cn('truncate', isCollapsed && 'sr-only')}>{item.label}</span>
    </Link>
  );
  if (!isCollapsed) return link;
  return (
    <Tooltip content={item.label} side="right">
      {link}
    </Tooltip>
  );
}
