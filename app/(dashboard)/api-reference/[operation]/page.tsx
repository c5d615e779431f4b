import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { CallPage } from '#components/reference/call-page.tsx';
import { describeCall } from '#lib/contracts/openapi/describe-call.ts';
import { readerOrigin } from '#lib/http/reader-origin.ts';
import { requireActor } from '../../../require-actor.ts';

type Props = { params: Promise<{ operation: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: describeCall((await params).operation, '')?.summary ?? 'API reference' };
}

export default async function ApiCall({ params }: Props) {
  await requireActor();
  const call = describeCall((await params).operation, readerOrigin(await headers()));
  if (!call) notFound();
  return <CallPage call={call} />;
}
