'use client';

import { Controller, useFormContext } from 'react-hook-form';
import type { z } from 'zod';
import { emptyToNull } from '#components/empty-to-null.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import { pollSeconds, type saveWatchedBucketRequest } from '#lib/contracts/watched-buckets.ts';
import { intervalWords } from './interval-words.ts';

export type BucketForm = z.input<typeof saveWatchedBucketRequest>;
export const bucketFormFields = [
  'endpoint',
  'bucket',
  'region',
  'prefix',
  'accessKeyId',
  'secretAccessKey',
  'pollSeconds',
  'loadExisting',
] as const;

const intervals = pollSeconds.map((seconds) => ({
  value: String(seconds),
  label: intervalWords(seconds),
}));

const existingOptions = [
  {
    value: 'load',
    label: 'Load them, too',
    description: 'All files below the prefix, oldest first.',
  },
  {
    value: 'leave',
    label: 'Leave them alone',
    description: 'Only files that are written from now on.',
  },
] as const;

const exact = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;

type BucketFieldsProps = {
  /** A bucket that is watched already keeps its choice about the files that were there. */
  isNew: boolean;
};

/** Where the bucket is and how it is read; needs a FormProvider. */
export function BucketFields({ isNew }: BucketFieldsProps) {
  const { register, control, formState } = useFormContext<BucketForm>();
  const { errors } = formState;
  return (
    <>
      <Field
        label="Endpoint"
        optional
        error={errors.endpoint?.message}
        description="Address of the server, such as https://s3.example.com. Empty for Amazon S3."
      >
        <Input
          {...register('endpoint', { setValueAs: emptyToNull })}
          {...exact}
          type="url"
          placeholder="https://s3.example.com"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Bucket" error={errors.bucket?.message}>
          <Input {...register('bucket')} {...exact} placeholder="crm-exports" />
        </Field>
        <Field label="Region" error={errors.region?.message}>
          <Input {...register('region')} {...exact} />
        </Field>
      </div>
      <Field
        label="Prefix"
        optional
        error={errors.prefix?.message}
        description="Only files whose key starts with it, such as daily/. Empty for the whole bucket."
      >
        <Input {...register('prefix')} {...exact} placeholder="daily/" className="font-mono" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Access key ID" error={errors.accessKeyId?.message}>
          <Input {...register('accessKeyId')} {...exact} className="font-mono" />
        </Field>
        <Field
          label="Secret access key"
          error={errors.secretAccessKey?.message}
          {...(isNew
            ? {}
            : { description: 'Empty keeps the stored one, while server, bucket and key stay.' })}
        >
          <Input
            {...register('secretAccessKey', { setValueAs: emptyToNull })}
            {...exact}
            type="password"
            autoComplete="new-password"
            className="font-mono"
          />
        </Field>
      </div>
      <Controller
        control={control}
        name="pollSeconds"
        render={({ field }) => (
          <Field label="Look for files" error={errors.pollSeconds?.message}>
            <Select
              options={intervals}
              value={String(field.value)}
              onBlur={field.onBlur}
              onValueChange={(value) => {
                field.onChange(Number(value));
              }}
            />
          </Field>
        )}
      />
      {isNew && (
        <Controller
          control={control}
          name="loadExisting"
          render={({ field }) => (
            <RadioGroup
              legend="Files that are there already"
              name={field.name}
              options={existingOptions}
              value={field.value === false ? 'leave' : 'load'}
              onValueChange={(choice) => {
                field.onChange(choice === 'load');
              }}
            />
          )}
        />
      )}
    </>
  );
}
