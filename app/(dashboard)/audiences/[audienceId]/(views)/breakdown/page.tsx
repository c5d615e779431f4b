import type { Metadata } from 'next';
import { BreakdownView } from '#components/audiences/page/breakdown-view.tsx';
import { loadAudience } from '../../load-audience.ts';

export const metadata: Metadata = { title: 'Breakdown' };

type BreakdownPageProps = { params: Promise<{ audienceId: string }> };

export default async function BreakdownPage({ params }: BreakdownPageProps) {
  const audience = await loadAudience((await params).audienceId);
  return <BreakdownView audienceId={audience.id} />;
}
