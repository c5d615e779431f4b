'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { AudienceCatalogue, AudienceResponse } from '#lib/contracts/audiences.ts';
import { parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { audienceQuery } from '#lib/queries/audiences.ts';
import { draftKey, dropDraft, readDraft, type AudienceDraft } from '../model/audience-draft.ts';
import { emptyTree } from '../model/editor-node.ts';
import { fromCondition } from '../model/from-condition.ts';
import { readLayout } from '../model/layout.ts';
import { AudienceEditor } from './audience-editor.tsx';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { useCatalogue } from './use-editor-catalog.ts';

const watchInterval = 10_000;

/** The editor with what it needs: the catalogue, the stored audience, and the draft that this browser kept. */
export function EditorPage({ audienceId }: { audienceId?: number }) {
  const isHydrated = useHydrated();
  const audience = useQuery({
    ...audienceQuery(audienceId ?? 0),
    enabled: audienceId !== undefined,
    // Somebody else's save is noticed while this is open.
    refetchInterval: watchInterval,
  });
  const catalogue = useCatalogue(audience.data?.projectId);
  const error = (audienceId === undefined ? null : audience.error) ?? catalogue.error;
  const isReady =
    isHydrated && catalogue.data && (audienceId === undefined || audience.data !== undefined);
  if (isReady) {
    return <OpenEditor stored={audience.data ?? null} catalogue={catalogue.data} />;
  }
  if (error) {
    return (
      <ErrorState
        title="The builder could not be opened"
        error={error}
        onRetry={() => {
          void audience.refetch();
          void catalogue.refetch();
        }}
        isRetrying={audience.isFetching || catalogue.isFetching}
      />
    );
  }
  return <EditorSkeleton />;
}

type OpenEditorProps = { stored: AudienceResponse | null; catalogue: AudienceCatalogue };

interface Opening {
  readonly start: AudienceDraft;
  /** When the draft that it began with was kept; `null` without one. */
  readonly restored: string | null;
  /** Each beginning is an editor of its own. */
  readonly count: number;
}

function OpenEditor({ stored, catalogue }: OpenEditorProps) {
  const router = useRouter();
  const missingRole = useMissingRole('editor');
  const key = draftKey(stored?.id);
  const [opening, setOpening] = useState<Opening>(() => {
    const kept = readDraft(key);
    return { start: kept ?? startOf(stored), restored: kept?.keptAt ?? null, count: 0 };
  });
  function beginAgain(): void {
    dropDraft(key);
    setOpening({ start: startOf(stored), restored: null, count: opening.count + 1 });
  }
  const crumbs = [{ label: 'Audiences', href: '/audiences' }];
  if (stored) crumbs.push({ label: stored.name, href: `/audiences/${stored.id}` });
  return (
    <AudienceEditor
      key={opening.count}
      stored={stored}
      catalogue={catalogue}
      start={opening.start}
      draftKey={key}
      isReadOnly={missingRole !== null}
      onSaved={(audience) => {
        router.push(`/audiences/${audience.id}`);
      }}
      onTakeTheirs={beginAgain}
      header={(save) => (
        <>
          <PageHeader
            crumbs={crumbs}
            title={titleOf(stored, missingRole !== null)}
            primaryAction={
              missingRole === null ? (
                save
              ) : (
                <Button variant="primary" disabledReason={missingRole}>
                  Save
                </Button>
              )
            }
          />
          {opening.restored !== null && (
            <Callout
              role="status"
              title="Your unsaved changes are back"
              actions={
                <Button size="sm" onClick={beginAgain}>
                  Discard them
                </Button>
              }
            >
              Kept in this browser <RelativeTime date={opening.restored} />.
            </Callout>
          )}
        </>
      )}
    />
  );
}

function titleOf(stored: AudienceResponse | null, isReadOnly: boolean): string {
  if (!stored) return 'New audience';
  return isReadOnly ? stored.name : `Edit ${stored.name}`;
}

function startOf(stored: AudienceResponse | null): AudienceDraft {
  const keptAt = new Date().toISOString();
  if (!stored) return { version: null, name: '', description: '', root: emptyTree(), keptAt };
  const parsed = parseConditionsText(stored.conditions);
  const root =
    (stored.layout === null ? null : readLayout(stored.layout)) ??
    (parsed.ok ? fromCondition(parsed.value) : emptyTree());
  const { version, name, description } = stored;
  return { version, name, description: description ?? '', root, keptAt };
}
