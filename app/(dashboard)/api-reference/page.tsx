import type { Metadata } from 'next';
import { CallList } from '#components/reference/call-list.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { listCalls } from '#lib/contracts/openapi/describe-call.ts';
import { requireActor } from '../../require-actor.ts';

export const metadata: Metadata = { title: 'API reference' };

export default async function ApiReference() {
  await requireActor();
  return (
    <>
      <PageHeader
        title="API reference"
        description="Every call of the REST API, to be read and to be tried. Programs send a classic token in the header “Token”; make one under Settings > API tokens."
        primaryAction={
          <ButtonLink href="/api/openapi.json" prefetch={false}>
            OpenAPI document
          </ButtonLink>
        }
      />
      <CallList calls={listCalls()} />
    </>
  );
}
