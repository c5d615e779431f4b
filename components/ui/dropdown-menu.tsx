'use client';

import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { menuItemStyles, popupStyles } from './popup-styles.ts';

type DropdownMenuProps = {
  /** A Button; Base UI makes it the trigger. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right';
  className?: string;
};

export function DropdownMenu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  className,
}: DropdownMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-hidden">
          <Menu.Popup
            className={cn(
              popupStyles,
              'max-h-(--available-height) max-w-[calc(100vw-1rem)] min-w-44 overflow-y-auto p-1',
              className,
            )}
          >
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type MenuItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  onClick: () => void;
  tone?: 'normal' | 'danger';
  /** Why the item cannot be used, shown under its label. */
  disabledReason?: string | null | undefined;
};

export function MenuItem({
  children,
  icon,
  onClick,
  tone = 'normal',
  disabledReason,
}: MenuItemProps) {
  return (
    <Menu.Item
      onClick={onClick}
      disabled={typeof disabledReason === 'string'}
      className={cn(
        menuItemStyles,
        tone === 'danger' && 'text-danger data-highlighted:bg-danger-subtle [&_svg]:text-danger',
      )}
    >
      {icon}
      <span className="flex flex-col">
        <span>{children}</span>
        {typeof disabledReason === 'string' && <span className="text-xs">{disabledReason}</span>}
      </span>
    </Menu.Item>
  );
}

type MenuLinkItemProps = { href: string; children: ReactNode; icon?: ReactNode };

export function MenuLinkItem({ href, children, icon }: MenuLinkItemProps) {
  return (
    <Menu.LinkItem closeOnClick render={<Link href={href} />} className={menuItemStyles}>
      {icon}
      {children}
    </Menu.LinkItem>
  );
}

/** Saves what the address answers; the page stays. */
export function MenuDownloadItem({ href, children, icon }: MenuLinkItemProps) {
  return (
    <Menu.LinkItem closeOnClick href={href} download className={menuItemStyles}>
      {icon}
      {children}
    </Menu.LinkItem>
  );
}

export function MenuSeparator() {
  return <Menu.Separator className="mx-1 my-1 h-px bg-border" />;
}

type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
};

/** One out of a few, marked inside the menu. */
export function MenuChoice<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: MenuChoiceProps<Value>) {
  return (
    <Menu.RadioGroup
      value={value}
      onValueChange={(next: Value) => {
        onValueChange(next);
      }}
    >
      <Menu.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted-foreground">
        {label}
      </Menu.GroupLabel>
      {options.map((option) => (
        <Menu.RadioItem key={option.value} value={option.value} className={menuItemStyles}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Menu.RadioItemIndicator>
            <Check aria-hidden />
          </Menu.RadioItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
