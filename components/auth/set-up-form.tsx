'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { acceptInvitationRequest, type AcceptInvitationRequest } from '#lib/contracts/auth.ts';
import { acceptInvitation, signIn } from '#lib/queries/session.ts';
import { PasswordInput } from './password-input.tsx';

type SetUpFormProps = {
  secret: string;
  /** Of an invited colleague, who cannot choose another. */
  email: string | null;
  isFirst: boolean;
};

export function SetUpForm({ secret, email, isFirst }: SetUpFormProps) {
  const [hasFieldErrors, setFieldErrors] = useState(false);
  // Without default values, what a password manager filled in before hydration stays.
  const form = useForm<AcceptInvitationRequest>({
    resolver: zodResolver(acceptInvitationRequest),
    defaultValues: { secret, ...(email === null ? {} : { email }) },
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: createAndEnter,
    onSuccess: (isSignedIn) => {
      window.location.assign(isSignedIn ? '/attributes' : '/sign-in');
    },
    onError: (error) => {
      const fields = ['name', 'email', 'password'] as const;
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  return (
    <MutationForm
      form={form}
      mutation={create}
      // A press before hydration must not put the password into the address.
      method="post"
      aria-label={isFirst ? 'Create the first administrator' : 'Create your account'}
      className="flex flex-col gap-4"
    >
      <FormError error={create.error} hidden={hasFieldErrors} />
      <Field label="Name" error={errors.name?.message}>
        <Input {...form.register('name')} autoComplete="name" />
      </Field>
      <Field
        label="Email"
        error={errors.email?.message}
        description={email === null ? undefined : 'The invitation is for this address.'}
      >
        <Input
          {...form.register('email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          readOnly={email !== null}
          {...(email === null ? {} : { defaultValue: email })}
        />
      </Field>
      <Field
        label="Password"
        error={errors.password?.message}
        description="At least 12 characters. A few random words are strong and easy to type."
      >
        <PasswordInput {...form.register('password')} autoComplete="new-password" />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={create.isPending || create.isSuccess}
        className="mt-1"
      >
        {isFirst ? 'Create administrator' : 'Create account'}
      </Button>
    </MutationForm>
  );
}

/** Tells whether the new user is signed in; the account exists either way. */
async function createAndEnter(request: AcceptInvitationRequest): Promise<boolean> {
  await acceptInvitation(request);
  try {
    await signIn({ email: request.email, password: request.password });
    return true;
  } catch {
    return false;
  }
}
