'use client';

import { CalendarDays } from 'lucide-react';
import { useId, useRef } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { controlStyles } from '#components/ui/control-styles.ts';
import { formatDateTime } from '#components/format.ts';
import type { TimeType } from '#lib/core/audience/moment.ts';

type MomentInputProps = {
  type: TimeType;
  label: string;
  text: string;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (text: string) => void;
};

const placeholders: Record<TimeType, string> = {
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-dd or with time',
  epoch: 'yyyy-mm-dd or seconds',
};

/** A date as text, or out of the browser's own calendar. */
export function MomentInput(props: MomentInputProps) {
  const { type, label, text, isInvalid, describedBy, onChange } = props;
  const calendar = useRef<HTMLInputElement>(null);
  const echoId = useId();
  const echo = type === 'epoch' ? echoOfSeconds(text) : null;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      <span className="relative">
        <input
          data-part="value"
          type="text"
          aria-label={label}
          aria-invalid={isInvalid || undefined}
          aria-describedby={[describedBy, echo === null ? null : echoId].filter(Boolean).join(' ')}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholders[type]}
          value={text}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          {...(isInvalid ? { 'data-invalid': '' } : {})}
          className={cn(controlStyles, 'h-8 pr-8 tabular-nums', type === 'date' ? 'w-36' : 'w-52')}
        />
        <input
          ref={calendar}
          type="date"
          tabIndex={-1}
          aria-hidden
          value={day}
          onChange={(event) => {
            if (event.target.value !== '') onChange(event.target.value);
          }}
          className="pointer-events-none absolute inset-y-0 right-0 -z-10 w-8 opacity-0"
        />
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`${label}: choose from a calendar`}
          onClick={() => calendar.current?.showPicker()}
          className="absolute top-1 right-1 size-6 text-muted-foreground"
        >
          <CalendarDays aria-hidden />
        </Button>
      </span>
      {echo !== null && (
        <span id={echoId} className="text-xs text-muted-foreground">
          {echo}
        </span>
      )}
    </span>
  );
}

function echoOfSeconds(text: string): string | null {
  if (!/^\d{1,11}$/.test(text)) return null;
  return formatDateTime(new Date(Number(text) * 1000), 'UTC');
}
