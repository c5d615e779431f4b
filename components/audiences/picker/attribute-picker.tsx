'use client';

import { ChevronDown } from 'lucide-react';
import { useCallback, useState } from 'react';
import { datatypeLooks } from '#components/attributes/datatype-badge.tsx';
import { cn } from '#components/cn.ts';
import { controlStyles } from '#components/ui/control-styles.ts';
import type { EditorAttribute, EditorTable } from '../model/editor-catalog.ts';
import { AttributeList } from './attribute-list.tsx';
import { PickerPopover } from './picker-popover.tsx';

type AttributePickerProps = {
  tables: readonly EditorTable[];
  value: EditorAttribute | undefined;
  onPick: (attribute: EditorAttribute) => void;
};

/** One attribute of any table. */
export function AttributePicker({ tables, value, onPick }: AttributePickerProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const pick = useCallback(
    (attribute: EditorAttribute) => {
      setOpen(false);
      setText('');
      onPick(attribute);
    },
    [onPick],
  );
  const Icon = value && datatypeLooks[value.type].icon;
  return (
    <PickerPopover
      open={open}
      onOpenChange={setOpen}
      label="Choose an attribute"
      className="w-[min(40rem,var(--available-width))]"
      trigger={{
        className: cn(
          controlStyles,
          'flex h-8 w-auto max-w-full min-w-0 items-center gap-1.5 text-left font-medium data-popup-open:border-ring',
        ),
        children: (
          <>
            {Icon && <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />}
            <span className={cn('truncate', !value && 'text-muted-foreground')}>
              {value?.name ?? 'Choose an attribute…'}
            </span>
            {value && (
              <span className="max-w-32 truncate text-xs font-normal text-muted-foreground">
                {value.tableName}
              </span>
            )}
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </>
        ),
      }}
    >
      <AttributeList
        label="Attributes"
        placeholder="Search attributes"
        {...{ tables, text }}
        onTextChange={setText}
        onPick={pick}
      />
    </PickerPopover>
  );
}
