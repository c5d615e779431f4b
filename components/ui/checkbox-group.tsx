'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import { LabelledCheck } from './labelled-check.tsx';

type CheckboxOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
};

type CheckboxGroupProps<Value extends string> = {
  legend: string;
  options: readonly CheckboxOption<Value>[];
  value: readonly Value[];
  onValueChange: (value: Value[]) => void;
  /** From react-hook-form's `errors.<name>?.message`. */
  error: string | undefined;
};

/** Any number of a few options. */
export function CheckboxGroup<Value extends string>({
  legend,
  options,
  value,
  onValueChange,
  error,
}: CheckboxGroupProps<Value>) {
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-1.5 text-sm font-medium">{legend}</legend>
      {options.map((option) => (
        <LabelledCheck
          key={option.value}
          label={option.label}
          description={option.description}
          disabled={option.disabled ?? false}
        >
          <Checkbox
            checked={value.includes(option.value)}
            onCheckedChange={(isChosen) => {
              const others = value.filter((other) => other !== option.value);
              onValueChange(isChosen ? [...others, option.value] : others);
            }}
          />
        </LabelledCheck>
      ))}
      {error !== undefined && (
        <p role="alert" className="flex items-start gap-1.5 text-xs font-medium text-danger">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
