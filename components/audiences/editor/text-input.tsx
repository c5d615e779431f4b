'use client';

import { cn } from '#components/cn.ts';
import { controlStyles } from '#components/ui/control-styles.ts';
import { Input } from '#components/ui/input.tsx';
import { SuggestingInput } from './suggesting-input.tsx';

type TextInputProps = {
  label: string;
  text: string;
  /** Of texts, whose real values are suggested; `null` for numbers. */
  attributeId: number | null;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (text: string) => void;
};

/** A text, or a number with all its digits. */
export function TextInput(props: TextInputProps) {
  const { label, text, attributeId, isInvalid, describedBy, onChange } = props;
  const shared = {
    'data-part': 'value',
    'aria-label': label,
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': describedBy,
    value: text,
    onValueChange: onChange,
  };
  const look = cn('w-40 max-w-full', isInvalid && 'border-danger');
  if (attributeId !== null) {
    return (
      <SuggestingInput
        {...shared}
        attributeId={attributeId}
        className={cn(controlStyles, 'h-8', look)}
      />
    );
  }
  return (
    <Input
      {...shared}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      className={cn(look, 'tabular-nums')}
    />
  );
}
