'use client';

import { Input } from '#components/ui/input.tsx';
import { cn } from '#components/cn.ts';

type TextInputProps = {
  label: string;
  text: string;
  isNumber: boolean;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (text: string) => void;
};

/** A text, or a number with all its digits. */
export function TextInput(props: TextInputProps) {
  const { label, text, isNumber, isInvalid, describedBy, onChange } = props;
  return (
    <Input
      data-part="value"
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      inputMode={isNumber ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onValueChange={onChange}
      className={cn('w-48 max-w-full', isNumber && 'tabular-nums', isInvalid && 'border-danger')}
    />
  );
}
