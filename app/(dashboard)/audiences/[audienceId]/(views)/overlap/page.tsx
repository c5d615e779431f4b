import type { Metadata } from 'next';
import { OverlapView } from '#components/audiences/page/overlap-view.tsx';
import { loadAudience } from '../../load-audience.ts';

export const metadata: Metadata = { title: 'Overlap' };

type OverlapPageProps = { params: Promise<{ audienceId: string }> };

export default async function OverlapPage({ params }: OverlapPageProps) {
  const audience = await loadAudience((await params).audienceId);
  return <OverlapView audienceId={audience.id} />;
}
