'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { CyberduckInstructions } from './cyberduck-instructions.tsx';
import {
  awsConfigureCommands,
  awsCopyCommand,
  curlCommand,
  javaScriptProgram,
  pythonProgram,
  type ConnectionValues,
} from './instructions.ts';
import { maskedSecret } from './secret-value.tsx';
import type { Secret } from './use-secret.ts';

const clients = ['cyberduck', 'aws-cli', 'aws-sdk', 'curl'] as const;

type ConnectionInstructionsProps = {
  tableId: number;
  tableName: string;
  values: Omit<ConnectionValues, 'secretAccessKey'>;
  secret: Secret;
  canReveal: boolean;
};

/** The same connection in the words of each client. Copies hold the real secret even while it is masked. */
export function ConnectionInstructions({
  tableId,
  tableName,
  values,
  secret,
  canReveal,
}: ConnectionInstructionsProps) {
  const [client, setClient] = useQueryState(
    'client',
    parseAsStringLiteral(clients).withDefault('cyberduck'),
  );

  function secretCode(label: string, write: (values: ConnectionValues) => string) {
    const placeholder = canReveal ? maskedSecret : 'AWS_SECRET_KEY';
    const shown = write({ ...values, secretAccessKey: secret.shown ?? placeholder });
    const copyText = async () => write({ ...values, secretAccessKey: await secret.fetch() });
    return <CodeBlock label={label} code={shown} {...(canReveal ? { copyText } : {})} />;
  }

  return (
    <Tabs
      label="Instructions for"
      value={client}
      onValueChange={(next) => void setClient(next)}
      tabs={[
        {
          value: 'cyberduck',
          label: 'Cyberduck',
          content: (
            <CyberduckInstructions tableId={tableId} tableName={tableName} values={values} />
          ),
        },
        {
          value: 'aws-cli',
          label: 'AWS CLI',
          content: (
            <Steps>
              <Step title="Once: save the keys under a profile of their own">
                {secretCode('AWS CLI set-up', awsConfigureCommands)}
              </Step>
              <Step title="Then, for every file">
                <CodeBlock
                  label="AWS CLI upload"
                  code={awsCopyCommand({ ...values, secretAccessKey: '' })}
                />
              </Step>
              <p className="text-xs text-muted-foreground">
                AWS CLI 1.11.108 or later. Files of up to 10 GB; large ones go in parts by
                themselves.
              </p>
            </Steps>
          ),
        },
        {
          value: 'aws-sdk',
          label: 'AWS SDK',
          content: (
            <Steps>
              <Step title="JavaScript: @aws-sdk/client-s3 and @aws-sdk/lib-storage">
                {secretCode('JavaScript program', javaScriptProgram)}
              </Step>
              <Step title="Python: boto3">{secretCode('Python program', pythonProgram)}</Step>
              <p className="text-xs text-muted-foreground">
                Any AWS SDK released after May 2016 works, with path-style addressing and this
                endpoint. Keep secrets out of source code: read them from the environment.
              </p>
            </Steps>
          ),
        },
        {
          value: 'curl',
          label: 'curl',
          content: (
            <Steps>
              {secretCode('curl command', curlCommand)}
              <p className="text-xs text-muted-foreground">
                curl 7.75 or later, for files up to 5 GB.
              </p>
            </Steps>
          ),
        },
      ]}
    />
  );
}

function Steps({ children }: { children: React.ReactNode }) {
  return <div className="flex min-w-0 flex-col gap-4">{children}</div>;
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="text-sm font-medium">{title}</p>
      {children}
    </div>
  );
}
