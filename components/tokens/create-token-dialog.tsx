'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import type { CreateTokenResponse } from '#lib/contracts/tokens.ts';
import { CreateTokenForm } from './create-token-form.tsx';

type CreateTokenDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateTokenDialog({ open, onOpenChange }: CreateTokenDialogProps) {
  const [created, setCreated] = useState<CreateTokenResponse | null>(null);
  function change(next: boolean): void {
    if (!next) setCreated(null);
    onOpenChange(next);
  }
  const close = () => {
    change(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? 'Your new token' : 'Create token'}
      description={
        created
          ? `For ${created.name}. Programs send it in the header “Token”.`
          : 'It never has more rights than you have.'
      }
    >
      {created ? (
        <NewToken token={created.token} onClose={close} />
      ) : (
        <CreateTokenForm onCreated={setCreated} onCancel={close} />
      )}
    </Dialog>
  );
}

function NewToken({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <>
      <DialogBody>
        <CodeBlock code={token} label="token" />
        <Callout tone="warning" title="This token is shown only now">
          Copy it to where your program keeps its secrets. OpenDCP stores only a hash of it. If it
          is lost, revoke it and create another one.
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
