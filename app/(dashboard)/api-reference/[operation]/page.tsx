import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { CallPage } from '#components/reference/call-page.tsx';
import { roleConfig } from '#lib/config/role-config.ts';
import { describeCall } from '#lib/contracts/openapi/describe-call.ts';
import { requireActor } from '../../../require-actor.ts';

type Props = { params: Promise<{ operation: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: describeCall((await params).operation, '')?.summary ?? 'API reference' };
}

export default async function ApiCall({ params }: Props) {
  await requireActor();
  const call = describeCall((await params).operation, await ownOrigin());
  if (!call) notFound();
  return <CallPage call={call} />;
}

/** As people reach this page. */
async function ownOrigin(): Promise<string> {
  const { publicUrl } = roleConfig();
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  return `http://${(await headers()).get('host') ?? ''}`;
}
