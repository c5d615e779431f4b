'use client';

import { X } from 'lucide-react';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { cn } from '#components/cn.ts';
import { formatCount } from '#components/format.ts';
import { splitPasted } from '../model/rule-values.ts';
import { useEditor } from './editor-context.tsx';
import { SuggestingInput } from './suggesting-input.tsx';

type ValueChipsProps = {
  values: readonly string[];
  /** Of texts, whose real values are suggested; `null` for numbers and dates. */
  attributeId: number | null;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (values: readonly string[]) => void;
};

/** So many chips are drawn; a list of thousands is not read one by one. */
const SHOWN_CHIPS = 50;

/** Several values: typed and entered one by one, or pasted all at once. */
export function ValueChips(props: ValueChipsProps) {
  const { values, attributeId, isInvalid, describedBy, onChange } = props;
  const { announce } = useEditor();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  function add(added: readonly string[]): void {
    const next = [...new Set([...values, ...added])];
    setText('');
    if (next.length === values.length) return;
    onChange(next);
    if (added.length > 1) announce(`${formatCount(next.length - values.length, 'value')} added`);
  }
  function remove(value: string): void {
    onChange(values.filter((candidate) => candidate !== value));
    input.current?.focus();
  }
  const field = {
    ref: input,
    'data-part': 'value',
    'aria-label': 'Add a value',
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': describedBy,
    placeholder: values.length === 0 ? 'Type or paste values' : '',
    onPaste: (event: ClipboardEvent<HTMLInputElement>) => {
      const pasted = splitPasted(event.clipboardData.getData('text'));
      if (pasted.length < 2) return;
      event.preventDefault();
      add(pasted);
    },
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key === 'Enter' && text !== '') {
        event.preventDefault();
        add([text]);
      }
      if (event.key === 'Backspace' && text === '' && values.length > 0) {
        onChange(values.slice(0, -1));
      }
    },
    onBlur: () => {
      if (text.trim() !== '') add([text]);
    },
    className:
      'h-6 min-w-24 flex-1 bg-transparent px-1 text-sm outline-hidden pointer-coarse:text-lg',
  };
  const hidden = values.length - SHOWN_CHIPS;
  return (
    <div
      className={cn(
        'flex min-h-8 max-w-full min-w-48 flex-wrap items-center gap-1 rounded-md border border-input bg-card px-1 py-0.5 shadow-xs focus-within:border-ring focus-within:outline-1 focus-within:-outline-offset-1 focus-within:outline-ring',
        isInvalid && 'border-danger',
      )}
    >
      {values.slice(0, SHOWN_CHIPS).map((value) => (
        <span
          key={value}
          className="flex h-6 max-w-full min-w-0 items-center rounded-sm bg-muted pl-1.5 text-sm"
        >
          <span className="truncate whitespace-pre">{value === '' ? '(empty text)' : value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={() => {
              remove(value);
            }}
            className="grid size-6 shrink-0 place-items-center rounded-sm text-muted-foreground hover:text-foreground"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      {hidden > 0 && <span className="px-1 text-sm text-muted-foreground">and {hidden} more</span>}
      {attributeId === null ? (
        <input
          {...field}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      ) : (
        <SuggestingInput
          {...field}
          attributeId={attributeId}
          value={text}
          onValueChange={setText}
          taken={values}
          onPick={(value) => {
            add([value]);
          }}
        />
      )}
    </div>
  );
}
