'use client';

import { ChevronDown, Contact } from 'lucide-react';
import { useState } from 'react';
import { cn } from '#components/cn.ts';
import { datatypeLooks } from '#components/attributes/datatype-badge.tsx';
import { controlStyles } from '#components/ui/control-styles.ts';
import type { EditorRule } from '../model/editor-node.ts';
import { PickerPopover } from '../picker/picker-popover.tsx';
import { useEditor } from './editor-context.tsx';
import { SubjectList, type PickedSubject } from './subject-list.tsx';

type SubjectPickerProps = {
  subject: EditorRule['subject'];
  isInvalid: boolean;
  describedBy: string | undefined;
  onPick: (subject: PickedSubject) => void;
};

/** What a rule is about: an attribute of a table, or another audience. */
export function SubjectPicker({ subject, isInvalid, describedBy, onPick }: SubjectPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <PickerPopover
      open={open}
      onOpenChange={setOpen}
      label="Choose an attribute or an audience"
      className="w-[min(40rem,var(--available-width))]"
      trigger={{
        ...{ 'data-part': 'subject' },
        'aria-invalid': isInvalid || undefined,
        'aria-describedby': describedBy,
        ...(isInvalid ? { 'data-invalid': '' } : {}),
        className: cn(
          controlStyles,
          'flex h-8 w-auto max-w-full min-w-0 items-center gap-1.5 text-left font-medium data-popup-open:border-ring',
        ),
        children: (
          <>
            <SubjectName subject={subject} />
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </>
        ),
      }}
    >
      <SubjectList
        onPick={(picked) => {
          setOpen(false);
          onPick(picked);
        }}
      />
    </PickerPopover>
  );
}

function SubjectName({ subject }: Pick<SubjectPickerProps, 'subject'>) {
  const { catalog } = useEditor();
  if (subject === null) {
    return <span className="text-muted-foreground">Choose an attribute…</span>;
  }
  if (subject.kind === 'audience') {
    const audience = subject.audienceId === null ? undefined : catalog.audience(subject.audienceId);
    return (
      <>
        <Contact aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span className="truncate">
          {audience?.name ?? `Audience ${subject.audienceId ?? '…'}`}
        </span>
      </>
    );
  }
  const attribute = catalog.attribute(subject.tableId, subject.attributeId);
  if (!attribute) return <span className="truncate">Attribute {subject.attributeId}</span>;
  const { icon: Icon } = datatypeLooks[attribute.type];
  return (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <span className="truncate">{attribute.name}</span>
      <span className="max-w-32 truncate text-xs font-normal text-muted-foreground">
        {attribute.tableName}
      </span>
    </>
  );
}
