'use client';

import { CaseSensitive } from 'lucide-react';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { cn } from '#components/cn.ts';
import type { Scalar } from '#lib/core/audience/condition.ts';
import type { EditorAttribute } from '../model/editor-catalog.ts';
import type { EditorRule } from '../model/editor-node.ts';
import { arityOf } from '../model/operators.ts';
import { daysOfText, textOfValue, valueOfText } from '../model/rule-values.ts';
import { AnniversaryInput } from './anniversary-input.tsx';
import { MomentInput } from './moment-input.tsx';
import { TextInput } from './text-input.tsx';
import { ValueChips } from './value-chips.tsx';

type ValueEditorProps = {
  rule: EditorRule;
  attribute: EditorAttribute;
  isInvalid: boolean;
  describedBy: string | undefined;
  /** `place`: which of several fields it was typed into. */
  onChange: (values: readonly Scalar[], place: string) => void;
  onIgnoreCase: (ignoreCase: boolean) => void;
};

export function ValueEditor(props: ValueEditorProps) {
  const { rule, attribute, isInvalid, describedBy, onChange, onIgnoreCase } = props;
  const { type } = attribute;
  const texts = rule.values.map(textOfValue);
  const shared = { attribute, isInvalid, describedBy };
  function setAt(index: number, text: string): void {
    const next = [0, 1].slice(0, Math.max(index + 1, texts.length)).map((at) => {
      if (at === index) return valueOfText(type, text);
      return rule.values[at] ?? '';
    });
    onChange(next, String(index));
  }
  const caseToggle = type === 'string' && rule.match !== 'exists' && (
    <CaseToggle isOn={rule.ignoreCase} onChange={onIgnoreCase} />
  );
  switch (arityOf(rule.match)) {
    case 'none':
      return null;
    case 'days':
      return (
        <span className="flex items-center gap-1.5">
          <Input
            data-part="value"
            aria-label="Number of days"
            aria-invalid={isInvalid || undefined}
            aria-describedby={describedBy}
            inputMode="numeric"
            autoComplete="off"
            value={texts[0] ?? ''}
            onValueChange={(text) => {
              onChange([daysOfText(text.trim())], 'days');
            }}
            className={cn('w-20 text-right tabular-nums', isInvalid && 'border-danger')}
          />
          <span className="text-sm">{texts[0] === '1' ? 'day' : 'days'}</span>
        </span>
      );
    case 'anniversary':
      return (
        <AnniversaryInput
          {...{ isInvalid, describedBy }}
          value={texts[0] ?? ''}
          onChange={(text) => {
            onChange([text], 'anniversary');
          }}
        />
      );
    case 'many':
      return (
        <span className="flex max-w-full min-w-0 items-start gap-1">
          <ValueChips
            {...{ isInvalid, describedBy }}
            attributeId={type === 'string' ? attribute.id : null}
            values={texts}
            onChange={(next) => {
              onChange(
                next.map((text) => valueOfText(type, text)),
                'list',
              );
            }}
          />
          {caseToggle}
        </span>
      );
    case 'two':
      return (
        <span className="flex flex-wrap items-center gap-1.5">
          <OneValue
            {...shared}
            label="From"
            text={texts[0] ?? ''}
            onChange={(text) => setAt(0, text)}
          />
          <span className="text-sm">and</span>
          <OneValue
            {...shared}
            label="To"
            text={texts[1] ?? ''}
            onChange={(text) => setAt(1, text)}
          />
        </span>
      );
    case 'one':
      return (
        <>
          <OneValue
            {...shared}
            label="Value"
            text={texts[0] ?? ''}
            onChange={(text) => {
              setAt(0, text);
            }}
          />
          {caseToggle}
        </>
      );
  }
}

const truths = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
] as const;

type OneValueProps = {
  attribute: EditorAttribute;
  label: string;
  text: string;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (text: string) => void;
};

function OneValue({ attribute, label, text, isInvalid, describedBy, onChange }: OneValueProps) {
  const shared = { label, text, isInvalid, describedBy, onChange };
  switch (attribute.type) {
    case 'bool':
      return (
        <Select
          aria-label={label}
          options={truths}
          value={text === 'false' ? 'false' : 'true'}
          onValueChange={onChange}
          className="w-24"
        />
      );
    case 'date':
    case 'datetime':
    case 'epoch':
      return <MomentInput {...shared} type={attribute.type} />;
    default:
      return (
        <TextInput {...shared} attributeId={attribute.type === 'string' ? attribute.id : null} />
      );
  }
}

function CaseToggle({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <Tooltip content={isOn ? 'Upper and lower case count as the same' : 'Case must match exactly'}>
      <button
        type="button"
        aria-label="Ignore case"
        aria-pressed={isOn}
        onClick={() => {
          onChange(!isOn);
        }}
        className={cn(
          buttonStyles({ variant: 'ghost', size: 'icon-sm' }),
          isOn ? 'bg-brand-subtle text-brand' : 'text-muted-foreground',
        )}
      >
        <CaseSensitive aria-hidden />
      </button>
    </Tooltip>
  );
}
