'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { useQuery } from '@tanstack/react-query';
import { useState, type ComponentProps } from 'react';
import { cn } from '#components/cn.ts';
import { popupStyles } from '#components/ui/popup-styles.ts';
import { useDebounced } from '#components/use-debounced.ts';
import { suggestedValuesQuery } from '#lib/queries/audiences.ts';

const SUGGESTED = 20;

type SuggestingInputProps = Omit<
  ComponentProps<typeof Autocomplete.Input>,
  'value' | 'onChange' | 'className'
> & {
  /** Of text values; its real ones are suggested. */
  attributeId: number;
  value: string;
  onValueChange: (text: string) => void;
  /** A suggestion was taken; otherwise it is as if it had been typed. */
  onPick?: (text: string) => void;
  /** Values that need no suggesting any more. */
  taken?: readonly string[];
  className?: string;
};

/** A text field that suggests what customers really have; anything else may be typed. */
export function SuggestingInput(props: SuggestingInputProps) {
  const { attributeId, value, onValueChange, onPick, taken = [], className, ...input } = props;
  const [isOpen, setOpen] = useState(false);
  const [highlighted, setHighlighted] = useState<string | undefined>(undefined);
  const prefix = useDebounced(value, 120);
  const suggestions = useQuery({
    ...suggestedValuesQuery(attributeId, { prefix: prefix.slice(0, 200), limit: SUGGESTED }),
    enabled: isOpen,
    staleTime: 60_000,
    // Without suggestions the field is as good as ever.
    retry: false,
  });
  const values = (suggestions.data?.values ?? []).filter(
    (text) => text !== value && text !== '' && !taken.includes(text),
  );
  return (
    <Autocomplete.Root
      items={values}
      mode="none"
      filter={null}
      value={value}
      onValueChange={(text, { reason }) => {
        // The field's own undo brings back what was typed; Escape only closes the list.
        if (reason === 'escape-key') return;
        if (reason === 'item-press' && onPick) onPick(text);
        else onValueChange(text);
      }}
      open={isOpen && values.length > 0}
      onOpenChange={setOpen}
      onItemHighlighted={setHighlighted}
      openOnInputClick
    >
      <Autocomplete.Input
        {...input}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={(event) => {
          // Enter takes the suggestion that is marked, and means what it always does where none is.
          const isTaking = event.key === 'Enter' && isOpen && highlighted !== undefined;
          if (!isTaking) input.onKeyDown?.(event);
        }}
        className={className}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner align="start" sideOffset={4} className="z-50 outline-hidden">
          <Autocomplete.Popup
            className={cn(
              popupStyles,
              'max-h-[min(18rem,var(--available-height))] max-w-[min(24rem,var(--available-width))] min-w-(--anchor-width) overflow-y-auto',
            )}
          >
            <Autocomplete.List aria-label="Values that customers have" className="p-1">
              {(text: string) => (
                <Autocomplete.Item
                  key={text}
                  value={text}
                  className="truncate rounded-md px-2 py-1.5 text-sm whitespace-pre outline-hidden select-none data-highlighted:bg-hover"
                >
                  {text}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
            {suggestions.data?.isComplete === false && (
              <p className="border-t px-3 py-1.5 text-xs text-muted-foreground">
                There are more: type to narrow the list.
              </p>
            )}
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
