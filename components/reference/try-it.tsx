'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { CallDescription } from '#lib/contracts/openapi/describe-call.ts';
import { sendCall, type CallAnswer } from '#lib/queries/send-call.ts';
import { StatusBadge } from './status-badge.tsx';
import { useTypedToken } from './token-provider.tsx';

type TryItProps = { call: Pick<CallDescription, 'method' | 'path' | 'parameters' | 'body'> };

/** Sends the call for real, from this page, with a token that the person enters. */
export function TryIt({ call }: TryItProps) {
  const { token, setToken } = useTypedToken();
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(call.parameters.map(({ name, example }) => [name, example])),
  );
  const [body, setBody] = useState(call.body?.example ?? '');
  const send = useMutation({
    mutationFn: () => sendCall({ call, values, body: call.body ? body : null, token }),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Field
        label="Token"
        description="Kept in this page until you leave the reference, and stored nowhere."
      >
        <Input
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={(event) => {
            setToken(event.target.value);
          }}
        />
      </Field>
      {call.parameters.map(({ name, type, place }) => (
        <Field key={name} label={name} description={type} optional={place === 'query'}>
          <Input
            value={values[name] ?? ''}
            autoComplete="off"
            required={place === 'path'}
            onChange={(event) => {
              setValues({ ...values, [name]: event.target.value });
            }}
          />
        </Field>
      ))}
      {call.body && (
        <Field label="Body">
          <Textarea
            rows={Math.min(16, body.split('\n').length + 1)}
            spellCheck={false}
            className="font-mono text-xs leading-5"
            value={body}
            onChange={(event) => {
              setBody(event.target.value);
            }}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={send.isPending}>
          Send {call.method.toUpperCase()}
        </Button>
        {call.method !== 'get' && (
          <p className="text-xs text-muted-foreground">This changes real data.</p>
        )}
      </div>
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {send.isError && (
          <Callout tone="danger" title="No answer came">
            The server cannot be reached. Check that it runs and that you are online.
          </Callout>
        )}
        {send.data && (
          <>
            <p className="flex flex-wrap items-center gap-2 text-sm">
              <StatusBadge status={send.data.status} />
              <span className="text-muted-foreground">
                in {send.data.milliseconds} ms
                {send.data.requestId !== null && <>, request {send.data.requestId}</>}
              </span>
            </p>
            <AnswerBody answer={send.data} />
          </>
        )}
      </div>
    </form>
  );
}

function AnswerBody({ answer: { text, file } }: { answer: CallAnswer }) {
  if (file !== null) {
    return (
      <a href={file.address} download={file.name} className={buttonStyles({ className: 'w-fit' })}>
        <Download aria-hidden />
        Save {file.name} ({formatBytes(file.sizeBytes)})
      </a>
    );
  }
  if (text === '') return <p className="text-sm text-muted-foreground">The answer has no body.</p>;
  return <CodeBlock code={text} label="answer" className="max-h-120 overflow-y-auto" />;
}
