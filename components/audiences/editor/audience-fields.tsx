'use client';

import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { Ref } from 'react';

type AudienceFieldsValue = { readonly name: string; readonly description: string };

type AudienceFieldsProps = {
  value: AudienceFieldsValue;
  nameError: string | undefined;
  nameRef: Ref<HTMLInputElement>;
  onChange: (value: AudienceFieldsValue) => void;
};

export function AudienceFields({ value, nameError, nameRef, onChange }: AudienceFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)]">
      <Field label="Name" error={nameError}>
        <Input
          ref={nameRef}
          value={value.name}
          onValueChange={(name) => {
            onChange({ ...value, name });
          }}
          maxLength={200}
          autoComplete="off"
          data-own-undo=""
          placeholder="Gold members in Paris"
        />
      </Field>
      <Field label="Description" optional>
        <Input
          value={value.description}
          onValueChange={(description) => {
            onChange({ ...value, description });
          }}
          maxLength={1000}
          autoComplete="off"
          data-own-undo=""
        />
      </Field>
    </div>
  );
}
