import type { Metadata } from 'next';
import { VersionsList } from '#components/audiences/page/versions-list.tsx';
import { loadAudience } from '../../load-audience.ts';

export const metadata: Metadata = { title: 'Versions' };

type VersionsPageProps = { params: Promise<{ audienceId: string }> };

export default async function VersionsPage({ params }: VersionsPageProps) {
  const audience = await loadAudience((await params).audienceId);
  return <VersionsList audienceId={audience.id} />;
}
