import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AudienceCatalogue, AudienceResponse } from '#lib/contracts/audiences.ts';
import type { CatalogAudience } from '#lib/core/audience/bound-condition.ts';
import { nobody, parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { audienceCatalogueQuery, audienceQuery } from '#lib/queries/audiences.ts';
import { editorCatalog, type EditorCatalog } from '../model/editor-catalog.ts';
import type { EditorGroup } from '../model/editor-node.ts';
import { rulesOf } from '../model/find-node.ts';

/** The tables and attributes, which everything in the builder needs. */
export function useCatalogue(projectId?: number) {
  return useQuery({
    ...audienceCatalogueQuery(projectId === undefined ? {} : { projectId }),
    staleTime: 60_000,
  });
}

/** With the audiences that the tree names, so that they can be called by name and asked about. */
export function useEditorCatalog(catalogue: AudienceCatalogue, root: EditorGroup): EditorCatalog {
  const ids = audienceIdsOf(root);
  const audiences = useQueries({
    queries: ids.map((id) => audienceQuery(id)),
    combine: (results) =>
      results.map(({ data, isPending }, index) =>
        data ? toCatalog(data) : isPending ? stillUnknown(ids[index] ?? 0) : null,
      ),
  });
  return useMemo(() => {
    const known = audiences.flatMap((audience) => audience ?? []);
    return editorCatalog(catalogue, new Map(known.map((audience) => [audience.id, audience])));
  }, [catalogue, audiences]);
}

function audienceIdsOf(root: EditorGroup): readonly number[] {
  const ids = rulesOf(root).flatMap(({ subject }) =>
    subject?.kind === 'audience' && subject.audienceId !== null ? [subject.audienceId] : [],
  );
  return [...new Set(ids)];
}

function toCatalog({ id, name, archived, conditions }: AudienceResponse): CatalogAudience {
  const parsed = parseConditionsText(conditions);
  return { id, name, isArchived: archived, condition: parsed.ok ? parsed.value : nobody };
}

function stillUnknown(id: number): CatalogAudience {
  return { id, name: `Audience ${id}`, isArchived: false, condition: nobody };
}
