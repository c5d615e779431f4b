'use client';

import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { isDay } from './day.ts';

type DayRangeProps = {
  /** What happened on these days. */
  label: string;
  from: string | null;
  to: string | null;
  isInvalid: boolean;
  onChange: (change: { from?: string | null; to?: string | null }) => void;
};

/** First and last day, each of which may be left open. */
export function DayRange({ label, from, to, isInvalid, onChange }: DayRangeProps) {
  return (
    <div
      role="group"
      aria-label={label}
      className="grid w-full grid-cols-[1fr_auto_1fr] items-center gap-x-1.5 gap-y-1 text-sm sm:flex sm:w-auto"
    >
      <span className="col-span-3 text-muted-foreground">{label}:</span>
      <DayInput
        label={`${label} from`}
        day={from}
        isInvalid={isInvalid}
        onDayChange={(day) => {
          onChange({ from: day });
        }}
      />
      <span aria-hidden>–</span>
      <DayInput
        label={`${label} until`}
        day={to}
        isInvalid={isInvalid}
        onDayChange={(day) => {
          onChange({ to: day });
        }}
      />
    </div>
  );
}

type DayInputProps = {
  label: string;
  day: string | null;
  isInvalid: boolean;
  onDayChange: (day: string | null) => void;
};

function DayInput({ label, day, isInvalid, onDayChange }: DayInputProps) {
  /** What is being typed: a year passes through 0002 and 0020 on its way to 2026. */
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      type="date"
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      value={typed ?? day ?? ''}
      onValueChange={(text) => {
        setTyped(text);
        if (text === '' || isDay(text)) onDayChange(text === '' ? null : text);
      }}
      onBlur={() => {
        setTyped(null);
      }}
      {...(isInvalid ? { 'data-invalid': '' } : {})}
      className="min-w-0 tabular-nums sm:w-36"
    />
  );
}
