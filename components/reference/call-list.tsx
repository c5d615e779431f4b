import Link from 'next/link';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { CallSummary } from '#lib/contracts/openapi/describe-call.ts';
import { MethodBadge } from './method-badge.tsx';

/** All calls, by what they are about. */
export function CallList({ calls }: { calls: readonly CallSummary[] }) {
  const groups = Object.entries(Object.groupBy(calls, ({ tag }) => tag));
  return groups.map(([tag, members = []]) => (
    <Card key={tag} aria-labelledby={`calls-${tag}`}>
      <CardHeader title={tag} titleId={`calls-${tag}`} />
      <ul className="divide-y">
        {members.map(({ id, method, path, summary }) => (
          <li key={id}>
            <Link
              href={`/api-reference/${id}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
            >
              <MethodBadge method={method} />
              <span className="min-w-0 flex-1 basis-64 text-sm font-medium">{summary}</span>
              <code className="min-w-0 font-mono text-xs wrap-anywhere text-muted-foreground">
                {path}
              </code>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  ));
}
