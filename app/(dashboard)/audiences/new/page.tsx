import type { Metadata } from 'next';
import { EditorPage } from '#components/audiences/editor/editor-page.tsx';
import { requireActor } from '../../../require-actor.ts';

export const metadata: Metadata = { title: 'New audience' };

export default async function NewAudiencePage() {
  await requireActor();
  return <EditorPage />;
}
