import type { AudienceResponse, AudienceSummary } from '../../contracts/audiences.ts';
import { bindConditions, type Binding } from '../../core/audience/bind-conditions.ts';
import type { AudienceCatalog } from '../../core/audience/bound-condition.ts';
import { describe } from '../../core/audience/describe.ts';
import type { Standing } from './counts/read-standings.ts';
import { storedCondition } from './load-catalog.ts';
import type { StoredAudience } from './visible-audience.ts';

const wordsInLists = 300;

export interface Surroundings {
  readonly catalog: AudienceCatalog;
  /** By audience, whether its last count is still of what is stored. */
  readonly standings: ReadonlyMap<number, Standing>;
  /** Audiences that refer to it. */
  readonly usedBy: AudienceResponse['usedBy'];
}

export function toAudienceSummary(
  audience: StoredAudience,
  surroundings: Surroundings,
): AudienceSummary {
  const binding = bindStored(audience, surroundings.catalog);
  const words = describe(binding.condition);
  const isLong = words.length > wordsInLists;
  return {
    ...summarise(audience, surroundings, binding),
    words: isLong ? `${words.slice(0, wordsInLists)}…` : words,
  };
}

export function toAudienceResponse(
  audience: StoredAudience,
  surroundings: Surroundings & { readonly uses: AudienceResponse['uses'] },
): AudienceResponse {
  const binding = bindStored(audience, surroundings.catalog);
  return {
    ...summarise(audience, surroundings, binding),
    words: describe(binding.condition),
    conditions: audience.conditions,
    layout: audience.layout,
    faults: toFaults(binding),
    usedBy: surroundings.usedBy,
    uses: surroundings.uses,
  };
}

function toFaults({ faults }: Binding): AudienceResponse['faults'] {
  return faults.map(({ path, message }) => ({ path: [...path], message }));
}

function bindStored(audience: StoredAudience, catalog: AudienceCatalog): Binding {
  return bindConditions(storedCondition(audience), { catalog, audienceId: audience.id });
}

function summarise(
  audience: StoredAudience,
  { usedBy, standings }: Surroundings,
  binding: Binding,
): Omit<AudienceSummary, 'words'> {
  return {
    id: audience.id,
    projectId: audience.projectId,
    name: audience.name,
    description: audience.description,
    archived: audience.archived,
    version: audience.version,
    faultCount: binding.faults.length,
    size: toSize(audience, standings.get(audience.id)),
    usedByCount: usedBy.length,
    createdAt: audience.createdAt.toISOString(),
    updatedAt: audience.updatedAt.toISOString(),
    updatedBy: audience.updatedBy,
  };
}

function toSize(
  { lastCount, archived }: StoredAudience,
  standing: Standing | undefined,
): AudienceSummary['size'] {
  if (!lastCount) return null;
  const isOutdated = standing === undefined || standing.isEdited || standing.isLoaded;
  return {
    size: Number(lastCount.size),
    total: Number(lastCount.total),
    countedAt: lastCount.countedAt.toISOString(),
    milliseconds: lastCount.milliseconds,
    // Nobody counts an archived one any more.
    isCurrent: archived || !isOutdated,
  };
}
