'use client';

import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { cn } from '#components/cn.ts';
import { controlStyles } from './control-styles.ts';

export type SelectOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** A second line in the list, not in the closed control. */
  readonly hint?: string;
};

type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  onBlur?: () => void;
  /** Needed outside a Field. */
  'aria-label'?: string;
  /** Shown before the value in the closed control, such as "Status:". */
  prefix?: ReactNode;
  name?: string;
  disabled?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  onBlur,
  prefix,
  name,
  disabled = false,
  className,
  ref,
  'aria-label': label,
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      onValueChange={(next: Value | null) => {
        if (next !== null) onValueChange(next);
      }}
      disabled={disabled}
      {...(name ? { name } : {})}
    >
      <BaseSelect.Trigger
        {...(ref ? { ref } : {})}
        aria-label={label}
        onBlur={onBlur}
        className={cn(
          controlStyles,
          'flex h-8 items-center justify-between gap-2 text-left data-popup-open:border-ring',
          className,
        )}
      >
        <span className="flex min-w-0 gap-1 truncate">
          {prefix !== undefined && <span className="text-muted-foreground">{prefix}</span>}
          <BaseSelect.Value className="truncate" />
        </span>
        <BaseSelect.Icon className="text-muted-foreground">
          <ChevronDown aria-hidden className="size-4" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          className="z-50 outline-hidden select-none"
        >
          <BaseSelect.Popup className="max-h-(--available-height) min-w-(--anchor-width) origin-(--transform-origin) overflow-y-auto rounded-lg border bg-popover p-1 text-sm text-foreground shadow-lg transition-[opacity,scale] duration-100 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  className="grid grid-cols-[1fr_1rem] items-center gap-2 rounded-md px-2 py-1.5 outline-hidden data-highlighted:bg-hover"
                >
                  <span className="flex flex-col">
                    <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                    {option.hint !== undefined && (
                      <span className="text-xs text-muted-foreground">{option.hint}</span>
                    )}
                  </span>
                  <BaseSelect.ItemIndicator className="col-start-2 text-brand">
                    <Check aria-hidden className="size-4" />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
