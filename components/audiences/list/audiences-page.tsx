'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { AudienceList } from './audience-list.tsx';

export function AudiencesPage() {
  const router = useRouter();
  const missingRole = useMissingRole('editor');
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Audiences' }]}
        title="Audiences"
        description="Groups of customers, described by what you know about them."
        primaryAction={
          <Button
            variant="primary"
            disabledReason={missingRole}
            onClick={() => {
              router.push('/audiences/new');
            }}
          >
            <Plus aria-hidden />
            Create audience
          </Button>
        }
      />
      <AudienceList />
    </>
  );
}
