'use client';

import { Controller, useFormContext, useWatch } from 'react-hook-form';
import type { z } from 'zod';
import { emptyToNull } from '#components/empty-to-null.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { keyKinds, type createTableRequest, type KeyKind } from '#lib/contracts/tables.ts';
import { keyKindWords } from './key-field.tsx';

export type TableForm = z.input<typeof createTableRequest>;
export const tableFormFields = [
  'name',
  'description',
  'keyKind',
  'keyName',
  'emptyCells',
  'keepFilesDays',
] as const;

const kindOptions = keyKinds.map((value) => ({ value, ...keyKindWords[value] }));

const nameLabels: Record<Exclude<KeyKind, 'uid'>, string> = {
  cookie: 'Cookie name',
  'query parameter': 'Parameter name',
  js_variable: 'Variable name',
};

const emptyCellOptions = [
  {
    value: 'keep',
    label: 'Leave the stored value',
    description: 'An empty cell says nothing, so partial files are safe.',
  },
  {
    value: 'clear',
    label: 'Clear the stored value',
    description: 'An empty cell removes it. For files that always hold everything.',
  },
] as const;

type TableFieldsProps = {
  /** The built-in table keeps its customer ID field. */
  isKeyFixed?: boolean;
};

/** The fields of a table, for creating and for editing one; needs a FormProvider. */
export function TableFields({ isKeyFixed = false }: TableFieldsProps) {
  const { register, control, setValue, formState } = useFormContext<TableForm>();
  // As default values too, so that the server renders them.
  const { errors, disabled, defaultValues } = formState;
  const keyKind = useWatch({ control, name: 'keyKind' });
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        <Input
          {...register('name')}
          defaultValue={defaultValues?.name ?? ''}
          autoComplete="off"
          placeholder="CRM"
        />
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        <Textarea
          {...register('description', { setValueAs: emptyToNull })}
          defaultValue={defaultValues?.description ?? ''}
          rows={2}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Customer ID field"
          error={errors.keyKind?.message}
          description="Where your site holds the ID that stands in the customerId column."
        >
          <Controller
            control={control}
            name="keyKind"
            render={({ field }) => (
              <Select
                ref={field.ref}
                options={kindOptions}
                value={field.value}
                onBlur={field.onBlur}
                disabled={isKeyFixed || disabled}
                onValueChange={(value) => {
                  field.onChange(value);
                  if (value === 'uid') setValue('keyName', null, { shouldDirty: true });
                }}
              />
            )}
          />
        </Field>
        {keyKind !== 'uid' && (
          <Field
            label={nameLabels[keyKind]}
            error={
              errors.keyName?.type === 'custom'
                ? `Enter the ${nameLabels[keyKind].toLowerCase()}.`
                : errors.keyName?.message
            }
            description="Letters, digits, _ and $; not a digit or $ first."
          >
            <Input
              {...register('keyName', { setValueAs: emptyToNull })}
              defaultValue={defaultValues?.keyName ?? ''}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="logged_in_id"
              className="font-mono"
            />
          </Field>
        )}
      </div>
      <Controller
        control={control}
        name="emptyCells"
        render={({ field }) => (
          <RadioGroup
            legend="Empty cells in uploaded files"
            name={field.name}
            options={emptyCellOptions}
            value={field.value ?? 'keep'}
            onValueChange={field.onChange}
            disabled={disabled}
          />
        )}
      />
    </>
  );
}
