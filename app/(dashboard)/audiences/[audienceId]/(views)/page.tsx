import { AudienceOverview } from '#components/audiences/page/audience-overview.tsx';
import { loadAudience } from '../load-audience.ts';

type AudiencePageProps = { params: Promise<{ audienceId: string }> };

export default async function AudiencePage({ params }: AudiencePageProps) {
  const audience = await loadAudience((await params).audienceId);
  return <AudienceOverview audienceId={audience.id} />;
}
