'use client';

import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type TabsProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: readonly { readonly value: Value; readonly label: string; readonly content: ReactNode }[];
  className?: string;
};

/** Alternatives inside one panel, such as instructions per client. For sub-views of a page use LinkTabs. */
export function Tabs<Value extends string>({
  label,
  value,
  onValueChange,
  tabs,
  className,
}: TabsProps<Value>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next: Value) => {
        onValueChange(next);
      }}
      className={cn('flex min-w-0 flex-col gap-3', className)}
    >
      <BaseTabs.List
        aria-label={label}
        className="flex w-fit max-w-full gap-0.5 overflow-x-auto rounded-lg bg-muted p-0.5"
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="h-7 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground focus-visible:-outline-offset-1 data-active:bg-card data-active:text-foreground data-active:shadow-xs"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="min-w-0">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
