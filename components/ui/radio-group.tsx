'use client';

import { Field } from '@base-ui/react/field';
import { Fieldset } from '@base-ui/react/fieldset';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group';
import { useId, type ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type RadioOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly description?: ReactNode;
};

type RadioGroupProps<Value extends string> = {
  legend: string;
  name: string;
  options: readonly RadioOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  description?: ReactNode;
  disabled?: boolean;
  className?: string;
};

export function RadioGroup<Value extends string>({
  legend,
  name,
  options,
  value,
  onValueChange,
  description,
  disabled = false,
  className,
}: RadioGroupProps<Value>) {
  // Named by hand, because Base UI's own ids tie label and radio together only after hydration.
  const id = useId();
  return (
    <Field.Root name={name} disabled={disabled}>
      <Fieldset.Root
        render={<BaseRadioGroup<Value> value={value} onValueChange={onValueChange} />}
        className="flex flex-col gap-2"
      >
        <Fieldset.Legend className="text-sm font-medium">{legend}</Fieldset.Legend>
        {description !== undefined && (
          <Field.Description className="-mt-1 text-xs text-pretty text-muted-foreground">
            {description}
          </Field.Description>
        )}
        <div className={cn('flex flex-col gap-2', className)}>
          {options.map((option) => (
            <Field.Item
              key={option.value}
              className="relative grid grid-cols-[auto_1fr] gap-x-2.5 rounded-md border bg-card px-3 py-2 has-data-checked:border-ring has-data-checked:bg-brand-subtle"
            >
              <span className="flex h-5 items-center">
                <Radio.Root
                  value={option.value}
                  aria-labelledby={`${id}-${option.value}`}
                  className="relative z-10 flex size-4 shrink-0 items-center justify-center rounded-full border border-input bg-card data-checked:border-primary data-checked:bg-primary data-disabled:opacity-55"
                >
                  <Radio.Indicator className="size-1.5 rounded-full bg-primary-foreground data-unchecked:hidden" />
                </Radio.Root>
              </span>
              {/* The whole card is the label's target. */}
              <Field.Label
                id={`${id}-${option.value}`}
                className="text-sm font-medium after:absolute after:inset-0 after:cursor-pointer data-disabled:after:cursor-not-allowed"
              >
                {option.label}
              </Field.Label>
              {option.description !== undefined && (
                <Field.Description className="col-start-2 text-xs text-pretty text-muted-foreground">
                  {option.description}
                </Field.Description>
              )}
            </Field.Item>
          ))}
        </div>
      </Fieldset.Root>
    </Field.Root>
  );
}
