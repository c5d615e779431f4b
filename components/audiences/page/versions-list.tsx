'use client';

import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type {
  AudienceCatalogue,
  AudienceResponse,
  AudienceVersions,
} from '#lib/contracts/audiences.ts';
import { nobody, parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { audienceVersionsQuery } from '#lib/queries/audiences.ts';
import { OutlineDiff } from '../editor/outline-diff.tsx';
import { useCatalogue, useEditorCatalog } from '../editor/use-editor-catalog.ts';
import { fromCondition } from '../model/from-condition.ts';
import { outline } from '../model/outline.ts';
import { useAudience } from '../use-audience.ts';
import { useRestoreVersion } from './use-restore-version.ts';

type Version = AudienceVersions['versions'][number];

/** Who saved what and when, what it changed, and the way back. */
export function VersionsList({ audienceId }: { audienceId: number }) {
  const audience = useAudience(audienceId);
  const versions = useQuery(audienceVersionsQuery(audienceId));
  const catalogue = useCatalogue(audience.projectId);
  if (versions.data && catalogue.data) {
    return (
      <ol aria-label="Versions" className="flex flex-col gap-3">
        {versions.data.versions.map((version, index, all) => (
          <li key={version.version}>
            <VersionCard
              version={version}
              before={all[index + 1] ?? null}
              audience={audience}
              catalogue={catalogue.data}
            />
          </li>
        ))}
      </ol>
    );
  }
  const error = versions.error ?? catalogue.error;
  if (error) {
    return (
      <ErrorState
        title="The versions could not be loaded"
        error={error}
        onRetry={() => {
          void versions.refetch();
          void catalogue.refetch();
        }}
        isRetrying={versions.isFetching || catalogue.isFetching}
      />
    );
  }
  return (
    <div role="status" aria-label="Loading versions" className="flex flex-col gap-3">
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
    </div>
  );
}

type VersionCardProps = {
  version: Version;
  before: Version | null;
  audience: AudienceResponse;
  catalogue: AudienceCatalogue;
};

function VersionCard({ version, before, audience, catalogue }: VersionCardProps) {
  const missingRole = useMissingRole('editor');
  const [isOpen, setOpen] = useState(false);
  const restore = useRestoreVersion(audience);
  const isCurrent = version.version === audience.version;
  return (
    <Card aria-label={`Version ${version.version}`} className="flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-semibold">Version {version.version}</span>
            {isCurrent && <Badge tone="success">Current</Badge>}
            {version.restoredFrom !== null && (
              <Badge tone="outline">Restored from version {version.restoredFrom}</Badge>
            )}
          </p>
          <p className="text-xs text-muted-foreground">
            {version.savedBy}, <RelativeTime date={version.savedAt} />
          </p>
          <p className="line-clamp-2 text-sm wrap-break-word text-muted-foreground">
            {version.words}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {before && (
            <Button
              size="sm"
              aria-expanded={isOpen}
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              {isOpen ? 'Hide changes' : 'Show changes'}
            </Button>
          )}
          {!isCurrent && (
            <Button
              size="sm"
              pending={restore.isPending}
              disabledReason={missingRole}
              onClick={() => {
                restore.mutate(version.version);
              }}
            >
              <RotateCcw aria-hidden />
              Restore
            </Button>
          )}
        </div>
      </div>
      {isOpen && before && <Changes version={version} before={before} catalogue={catalogue} />}
    </Card>
  );
}

type ChangesProps = { version: Version; before: Version; catalogue: AudienceCatalogue };

function Changes({ version, before, catalogue }: ChangesProps) {
  const root = treeOf(version);
  const rootBefore = treeOf(before);
  const catalog = useEditorCatalog(catalogue, root);
  const catalogBefore = useEditorCatalog(catalogue, rootBefore);
  return (
    <>
      {version.name !== before.name && (
        <p className="text-sm">
          Renamed from “{before.name}” to “{version.name}”.
        </p>
      )}
      {version.description !== before.description && (
        <p className="text-sm">The description changed.</p>
      )}
      <OutlineDiff
        label={`Changes from version ${before.version} to ${version.version}`}
        before={outline(rootBefore, catalogBefore)}
        after={outline(root, catalog)}
      />
    </>
  );
}

function treeOf({ conditions }: Version) {
  const parsed = parseConditionsText(conditions);
  return fromCondition(parsed.ok ? parsed.value : nobody);
}
