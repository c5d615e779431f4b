import { Badge } from '#components/ui/badge.tsx';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import type { CallDescription } from '#lib/contracts/openapi/describe-call.ts';
import { CodeTabs } from './code-tabs.tsx';
import { FieldTable } from './field-table.tsx';
import { MethodBadge } from './method-badge.tsx';
import { StatusBadge } from './status-badge.tsx';
import { TryIt } from './try-it.tsx';

export function CallPage({ call }: { call: CallDescription }) {
  const { id, method, path, parameters, body, answer, files, faults, samples } = call;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'API reference', href: '/api-reference' }, { label: call.tag }]}
        title={call.summary}
        description={call.description.replaceAll('`', '')}
        meta={
          <div className="flex flex-wrap items-center gap-2 pt-1">
            <MethodBadge method={method} />
            <code className="min-w-0 font-mono text-sm wrap-anywhere">{path}</code>
            <Badge tone="outline">needs {call.rights.join(' or ')}</Badge>
          </div>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Card aria-labelledby="examples">
            <CardHeader
              title="Examples"
              titleId="examples"
              description="The token comes from the environment variable TOKEN."
            />
            <CardBody>
              <CodeTabs samples={samples} />
            </CardBody>
          </Card>
          {body && body.fields.length > 0 && (
            <Card aria-labelledby="body">
              <CardHeader title="Body" titleId="body" />
              <FieldTable label="Fields of the body" fields={body.fields} showsRequired />
            </Card>
          )}
          <Card aria-labelledby="answers">
            <CardHeader title="Answers" titleId="answers" />
            <CardBody>
              <dl className="flex flex-col gap-2 text-sm">
                <div className="flex gap-3">
                  <dt>
                    <StatusBadge status={call.status} />
                  </dt>
                  <dd>{describeAnswer(answer.length, files)}</dd>
                </div>
                {faults.map(({ status, meaning }) => (
                  <div key={status} className="flex gap-3">
                    <dt>
                      <StatusBadge status={status} />
                    </dt>
                    <dd className="text-pretty text-muted-foreground">
                      {meaning.replaceAll('`', '')}
                    </dd>
                  </div>
                ))}
              </dl>
            </CardBody>
            {answer.length > 0 && (
              <div className="border-t">
                <FieldTable label="Fields of the answer" fields={answer} />
              </div>
            )}
          </Card>
        </div>
        <Card aria-labelledby="try">
          <CardHeader title="Try it" titleId="try" />
          <CardBody>
            <TryIt key={id} call={{ method, path, parameters, body }} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function describeAnswer(fieldCount: number, files: readonly string[]): string {
  if (files.length > 0) return `A file: ${files.join(' or ')}.`;
  return fieldCount > 0 ? 'JSON with the fields below.' : 'No body.';
}
