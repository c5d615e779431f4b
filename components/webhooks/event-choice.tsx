'use client';

import { CircleAlert } from 'lucide-react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { LabelledCheck } from '#components/ui/labelled-check.tsx';
import { webhookEvents, type WebhookEvent } from '#lib/contracts/webhooks.ts';
import { eventWords } from './event-words.ts';

type EventChoiceProps = {
  value: readonly WebhookEvent[];
  onValueChange: (events: WebhookEvent[]) => void;
  error: string | undefined;
};

export function EventChoice({ value, onValueChange, error }: EventChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-1.5 text-sm font-medium">When an upload is</legend>
      {webhookEvents.map((event) => (
        <LabelledCheck
          key={event}
          label={eventWords[event].label}
          description={eventWords[event].hint}
        >
          <Checkbox
            checked={value.includes(event)}
            onCheckedChange={(isChosen) => {
              const others = value.filter((other) => other !== event);
              onValueChange(isChosen ? [...others, event] : others);
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
