import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardBody } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { describeEvents } from './event-words.ts';

/** Where it goes and what it hears of. */
export function WebhookFacts({ webhook }: { webhook: WebhookResponse }) {
  return (
    <>
      {webhook.pauseReason !== null && (
        <Callout tone="warning" title="This webhook was paused">
          {webhook.pauseReason} Resume it under “More actions” once the receiver is back; what
          happened meanwhile is not sent.
        </Callout>
      )}
      <Card aria-label="About this webhook">
        <CardBody>
          <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm lg:grid-cols-4">
            <Fact label="Address" className="col-span-2 lg:col-span-4">
              <span className="flex items-center gap-1">
                <code className="min-w-0 font-mono text-xs wrap-anywhere">{webhook.url}</code>
                <CopyButton text={webhook.url} label="Copy address" size="inline" />
              </span>
            </Fact>
            <Fact label="Events" className="col-span-2 sm:col-span-1">
              {describeEvents(webhook.events)}
            </Fact>
            <Fact label="For">
              <span className="wrap-anywhere">{webhook.scopeName ?? 'All uploads'}</span>
            </Fact>
            <Fact label="Added">
              <RelativeTime date={webhook.createdAt} />
            </Fact>
            {webhook.previousSecretUntil !== null && (
              <Fact label="Previous secret signs until">
                <RelativeTime date={webhook.previousSecretUntil} />
              </Fact>
            )}
          </dl>
        </CardBody>
      </Card>
    </>
  );
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
