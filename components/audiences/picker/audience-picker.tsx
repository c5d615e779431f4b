'use client';

import { Plus } from 'lucide-react';
import { useState, type Ref } from 'react';
import { cn } from '#components/cn.ts';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { AudienceGroup } from './audience-group.tsx';
import { PickerPopover } from './picker-popover.tsx';
import { SearchedList } from './searched-list.tsx';
import { useFoundAudiences } from './use-found-audiences.ts';

type AudiencePickerProps = {
  /** On the button. */
  label: string;
  projectId: number;
  /** Those that are not offered. */
  without: readonly number[];
  /** Why none can be chosen now. The button stays, and with it the focus. */
  disabledReason: string | null;
  ref: Ref<HTMLButtonElement>;
  onPick: (audienceId: number) => void;
};

export function AudiencePicker(props: AudiencePickerProps) {
  const { label, projectId, without, disabledReason, ref, onPick } = props;
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState('');
  const open = isOpen && disabledReason === null;
  const found = useFoundAudiences({ text, projectId, without, enabled: open });
  return (
    <PickerPopover
      open={open}
      onOpenChange={setOpen}
      label="Choose an audience"
      className="w-[min(24rem,var(--available-width))]"
      trigger={{
        ref,
        'aria-disabled': disabledReason !== null,
        title: disabledReason ?? undefined,
        className: cn(
          buttonStyles({ variant: 'outline' }),
          disabledReason !== null && 'cursor-not-allowed opacity-55',
        ),
        children: (
          <>
            <Plus aria-hidden />
            {label}
          </>
        ),
      }}
    >
      <SearchedList
        label="Audiences"
        placeholder="Search audiences"
        text={text}
        onTextChange={setText}
        isSearching={found.isSearching}
        marked={marked}
        onMarkedChange={setMarked}
      >
        <AudienceGroup
          found={found}
          onPick={(id) => {
            setOpen(false);
            setText('');
            onPick(id);
          }}
        />
      </SearchedList>
    </PickerPopover>
  );
}
