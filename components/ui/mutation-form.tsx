'use client';

import type { ComponentProps } from 'react';
import type { FieldValues, UseFormHandleSubmit } from 'react-hook-form';

type MutationFormProps<Values extends FieldValues, Request> = Omit<
  ComponentProps<'form'>,
  'onSubmit' | 'noValidate'
> & {
  form: { readonly handleSubmit: UseFormHandleSubmit<Values, Request> };
  /** Shows its own error; see FormError and setServerErrors. */
  mutation: { readonly mutateAsync: (request: Request) => Promise<unknown> };
};

/** Sends what the form holds, once it is valid. By default laid out as if it was not there, as dialogs need it. */
export function MutationForm<Values extends FieldValues, Request>({
  form,
  mutation,
  className = 'contents',
  ...props
}: MutationFormProps<Values, Request>) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) =>
        void form.handleSubmit((values) => mutation.mutateAsync(values).catch(() => null))(event)
      }
      {...props}
    />
  );
}
