'use client';

import { Eye, Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatCount } from '#components/format.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyableId } from '#components/ui/copyable-id.tsx';
import { LinkTabs } from '#components/ui/link-tabs.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { AudienceMenu } from '../audience-menu.tsx';
import { DeleteAudienceDialog } from '../delete-audience-dialog.tsx';
import { useAudience } from '../use-audience.ts';

/** What all sub-views of one audience share. */
export function AudienceHeader({ audienceId }: { audienceId: number }) {
  const router = useRouter();
  const audience = useAudience(audienceId);
  const missingRole = useMissingRole('editor');
  const [isDeleting, setDeleting] = useState(false);
  const page = `/audiences/${audience.id}`;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Audiences', href: '/audiences' }]}
        title={audience.name}
        {...(audience.description === null ? {} : { description: audience.description })}
        badge={audience.archived && <Badge>Archived</Badge>}
        meta={
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
            <span className="flex items-center gap-1">
              API ID <CopyableId id={audience.id} label="Copy API ID" />
            </span>
            <span>
              Version {audience.version} by {audience.updatedBy},{' '}
              <RelativeTime date={audience.updatedAt} />
            </span>
          </p>
        }
        moreActions={
          <AudienceMenu
            audience={audience}
            onDelete={() => {
              setDeleting(true);
            }}
          />
        }
        primaryAction={
          missingRole === null ? (
            <Button
              variant="primary"
              disabledReason={audience.archived ? 'Restore it first; it is archived.' : null}
              onClick={() => {
                router.push(`${page}/edit`);
              }}
            >
              <Pencil aria-hidden />
              Edit
            </Button>
          ) : (
            <ButtonLink href={`${page}/edit`}>
              <Eye aria-hidden />
              Explore
            </ButtonLink>
          )
        }
      />
      {audience.faults.length > 0 && (
        <Callout
          tone="warning"
          title={`${formatCount(audience.faults.length, 'condition')} cannot be asked any more`}
        >
          {audience.faults
            .slice(0, 3)
            .map(({ message }) => message)
            .join(' ')}{' '}
          Nobody gets in by {audience.faults.length === 1 ? 'it' : 'them'}. Edit the audience to
          mend it.
        </Callout>
      )}
      <LinkTabs
        label="Views of this audience"
        tabs={[
          { href: page, label: 'Overview' },
          { href: `${page}/breakdown`, label: 'Breakdown' },
          { href: `${page}/overlap`, label: 'Overlap' },
          { href: `${page}/versions`, label: 'Versions', count: audience.version },
        ]}
      />
      {isDeleting && (
        <DeleteAudienceDialog
          audience={audience}
          onClose={() => {
            setDeleting(false);
          }}
          onDeleted={() => {
            router.push('/audiences');
          }}
        />
      )}
    </>
  );
}
