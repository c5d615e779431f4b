'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { signInRequest, type SignInRequest } from '#lib/contracts/auth.ts';
import { signIn } from '#lib/queries/session.ts';
import { PasswordInput } from './password-input.tsx';
import { toSignInError } from './sign-in-error.ts';

export function SignInForm({ next }: { next: string }) {
  // Without default values, what a password manager filled in before hydration stays.
  const form = useForm<SignInRequest>({ resolver: zodResolver(signInRequest) });
  const { errors } = form.formState;
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: () => {
      // A full load, so that nothing of an earlier session stays in memory.
      window.location.assign(next);
    },
    onError: () => {
      form.setFocus('password', { shouldSelect: true });
    },
  });
  return (
    <MutationForm
      form={form}
      mutation={enter}
      // A press before hydration must not put the password into the address.
      method="post"
      aria-label="Sign in"
      className="flex flex-col gap-4"
    >
      <FormError error={enter.error && toSignInError(enter.error)} />
      <Field label="Email" error={errors.email?.message}>
        <Input {...form.register('email')} type="email" autoComplete="username" inputMode="email" />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <PasswordInput {...form.register('password')} autoComplete="current-password" />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={enter.isPending || enter.isSuccess}
        className="mt-1"
      >
        Sign in
      </Button>
    </MutationForm>
  );
}
