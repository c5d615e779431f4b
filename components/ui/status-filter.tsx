'use client';

import { Select, type SelectOption } from './select.tsx';

type StatusFilterProps<Value extends string> = {
  label?: string;
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
};

export function StatusFilter<Value extends string>({
  label = 'Status',
  ...props
}: StatusFilterProps<Value>) {
  return <Select {...props} aria-label={label} prefix={`${label}:`} className="w-auto min-w-36" />;
}
