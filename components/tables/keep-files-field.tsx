'use client';

import { Controller, useFormContext } from 'react-hook-form';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { TableForm } from './table-fields.tsx';

/** What a choice means until a person says more. */
const firstValues = { keep: null, days: 30, remove: 0 } as const;

const options = [
  {
    value: 'keep',
    label: 'Keep it',
    description: 'Until somebody deletes it over S3.',
  },
  {
    value: 'days',
    label: 'Keep it for some days',
    description: 'Long enough to look into it, or to download it again.',
  },
  {
    value: 'remove',
    label: 'Delete it',
    description:
      'Within minutes. The values stay in the table; a file that failed is kept for 7 days, to be read in again.',
  },
] as const;

/** What becomes of a file once it is loaded; needs a FormProvider. */
export function KeepFilesField() {
  const { control } = useFormContext<TableForm>();
  return (
    <Controller
      control={control}
      name="keepFilesDays"
      render={({ field, fieldState, formState }) => (
        <div className="flex flex-col gap-3">
          <RadioGroup
            legend="A file that was loaded"
            name={field.name}
            options={options}
            value={choiceOf(field.value)}
            onValueChange={(choice) => {
              field.onChange(firstValues[choice]);
            }}
            disabled={formState.disabled}
          />
          {choiceOf(field.value) === 'days' && (
            <Field label="Days" error={fieldState.error?.message}>
              <Input
                ref={field.ref}
                type="number"
                min={1}
                max={3650}
                value={Number.isNaN(field.value) ? '' : String(field.value)}
                onChange={(event) => {
                  // Zero is another choice, not a number of days.
                  field.onChange(event.target.valueAsNumber || Number.NaN);
                }}
                onBlur={field.onBlur}
                disabled={formState.disabled}
                className="w-28"
              />
            </Field>
          )}
        </div>
      )}
    />
  );
}

function choiceOf(days: number | null | undefined): keyof typeof firstValues {
  if (days === null || days === undefined) return 'keep';
  return days === 0 ? 'remove' : 'days';
}
