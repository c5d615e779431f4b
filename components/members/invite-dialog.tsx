'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { formatDateTime } from '#components/format.ts';
import { setServerErrors } from '#components/set-server-errors.ts';
import { roleOptions } from '#components/shell/roles.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { inviteRequest, type InviteRequest, type InviteResponse } from '#lib/contracts/auth.ts';
import { inviteMember } from '#lib/queries/members.ts';

type InviteDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

type Sent = InviteResponse & { readonly email: string };

export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const [sent, setSent] = useState<Sent | null>(null);
  function change(next: boolean): void {
    if (!next) setSent(null);
    onOpenChange(next);
  }
  const close = () => {
    change(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="sm"
      title={sent ? 'Invitation link' : 'Invite member'}
      description={
        sent
          ? `For ${sent.email}. Send it yourself; OpenDCP sends no mail.`
          : 'You get a link that creates one account.'
      }
    >
      {sent ? (
        <InvitationLink sent={sent} onClose={close} />
      ) : (
        <InviteForm onSent={setSent} onCancel={close} />
      )}
    </Dialog>
  );
}

type InviteFormProps = { onSent: (sent: Sent) => void; onCancel: () => void };

function InviteForm({ onSent, onCancel }: InviteFormProps) {
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm<InviteRequest>({
    resolver: zodResolver(inviteRequest),
    defaultValues: { email: '', role: 'editor' },
  });
  const invite = useMutation({
    mutationFn: inviteMember,
    onSuccess: (answer, { email }) => {
      onSent({ ...answer, email });
    },
    onError: (error) => {
      setFieldErrors(
        setServerErrors({ error, setError: form.setError, fields: ['email', 'role'] }),
      );
    },
  });
  return (
    <MutationForm form={form} mutation={invite}>
      <DialogBody>
        <FormError error={invite.error} hidden={hasFieldErrors} />
        <Field label="Email" error={form.formState.errors.email?.message}>
          <Input
            {...form.register('email')}
            type="email"
            inputMode="email"
            autoComplete="off"
            placeholder="ada@example.com"
          />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <RadioGroup
              legend="Role"
              name={field.name}
              options={roleOptions.map(({ value, label, hint }) => ({
                value,
                label,
                description: hint,
              }))}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={invite.isPending || invite.isSuccess}>
          Create invitation link
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}

function InvitationLink({ sent, onClose }: { sent: Sent; onClose: () => void }) {
  return (
    <>
      <DialogBody>
        <CodeBlock code={sent.url} label="invitation link" />
        <Callout tone="warning" title="This link is shown only now">
          Whoever has it can create the account, once, until{' '}
          <span className="whitespace-nowrap">{formatDateTime(new Date(sent.expiresAt))}</span>. If
          it is lost, invite the same address again: the old link then ends.
        </Callout>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
