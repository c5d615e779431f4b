'use client';

import { cn } from '#components/cn.ts';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';

type AnniversaryInputProps = {
  value: string;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (value: string) => void;
};

const options = [
  { value: 'today', label: 'today' },
  { value: 'day', label: 'on the day' },
] as const;

/** Today, or a month and day of every year. */
export function AnniversaryInput({
  value,
  isInvalid,
  describedBy,
  onChange,
}: AnniversaryInputProps) {
  return (
    <span className="flex items-center gap-1.5">
      <Select
        aria-label="When"
        options={options}
        value={value === 'today' ? 'today' : 'day'}
        onValueChange={(next) => {
          onChange(next === 'today' ? 'today' : '');
        }}
        className="w-auto"
      />
      {value !== 'today' && (
        <Input
          data-part="value"
          aria-label="Month and day"
          aria-invalid={isInvalid || undefined}
          aria-describedby={describedBy}
          placeholder="mm-dd"
          autoComplete="off"
          value={value}
          onValueChange={onChange}
          className={cn('w-20 tabular-nums', isInvalid && 'border-danger')}
        />
      )}
    </span>
  );
}
