import type { ReactNode } from 'react';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { IdentifierText } from './identifier-text.tsx';
import { identifierTypeWords } from './request-words.ts';

export function RequestFacts({ request }: { request: PrivacyRequestResponse }) {
  const { identifierType, table, askedBy, createdAt, finishedAt } = request;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm lg:grid-cols-4">
      <Fact label={identifierTypeWords[identifierType]}>
        <IdentifierText request={request} />
      </Fact>
      <Fact label="Looked for in">
        {table ? table.name : identifierType === 'dcp_id' ? 'All tables' : 'Optimizely tables'}
      </Fact>
      <Fact label="Asked by">
        <span className="wrap-anywhere">{askedBy}</span>, <RelativeTime date={createdAt} />
      </Fact>
      <Fact label="Finished">{finishedAt === null ? '–' : <RelativeTime date={finishedAt} />}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
