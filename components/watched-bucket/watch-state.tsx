import type { ReactNode } from 'react';
import { formatNumber } from '#components/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { WatchedBucketResponse } from '#lib/contracts/watched-buckets.ts';
import { intervalWords } from './interval-words.ts';

/** Where is looked, how that goes, and what cannot be loaded. */
export function WatchState({ watched }: { watched: WatchedBucketResponse }) {
  const { endpoint, bucket, prefix, lastLookAt, lastError, problems } = watched;
  return (
    <>
      {lastError !== null && (
        <Callout tone="danger" role="status" title="The last look failed">
          {lastError}
        </Callout>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm lg:grid-cols-3">
        <Fact label="Bucket and prefix" className="col-span-2">
          <code className="font-mono text-xs wrap-anywhere">{`s3://${bucket}/${prefix}`}</code>
        </Fact>
        <Fact label="State">
          <StateBadge watched={watched} />
        </Fact>
        <Fact label="Server" className="col-span-2 lg:col-span-1">
          <span className="wrap-anywhere">{endpoint ?? 'Amazon S3'}</span>{' '}
          <span className="text-muted-foreground">({watched.region})</span>
        </Fact>
        <Fact label="Last looked">
          {lastLookAt === null ? 'Not yet' : <RelativeTime date={lastLookAt} />}
        </Fact>
        <Fact label="Looks">{intervalWords(watched.pollSeconds)}</Fact>
        <Fact label="Access key">
          <code className="font-mono text-xs wrap-anywhere">{watched.accessKeyId}</code>
        </Fact>
        <Fact label="Files taken">{formatNumber(watched.filesLoaded)}</Fact>
        <Fact label="Files from">
          {watched.since === null ? 'The beginning' : <RelativeTime date={watched.since} />}
        </Fact>
      </dl>
      {problems.length > 0 && (
        <section aria-labelledby="bucket-problems" className="flex flex-col gap-2">
          <h3 id="bucket-problems" className="text-sm">
            Files that cannot be loaded
          </h3>
          <ul className="divide-y rounded-md border text-sm">
            {problems.map(({ key, problem, seenAt }) => (
              <li key={key} className="flex flex-col gap-0.5 px-3 py-2">
                <code className="font-mono text-xs wrap-anywhere">{key}</code>
                <span>
                  {problem}{' '}
                  <span className="text-muted-foreground">
                    <RelativeTime date={seenAt} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function StateBadge({ watched }: { watched: WatchedBucketResponse }) {
  if (watched.paused) return <Badge>Paused</Badge>;
  if (watched.nextLookAt === null) return <Badge>Table archived</Badge>;
  if (watched.lastError !== null) return <Badge tone="danger">Failing</Badge>;
  return <Badge tone="success">Watching</Badge>;
}

type FactProps = { label: string; children: ReactNode; className?: string };

function Fact({ label, children, className }: FactProps) {
  return (
    <div className={className}>
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
