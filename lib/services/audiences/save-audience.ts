import type { DbTransaction } from '#lib/db/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { describeChanges } from '../describe-changes.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { checkConditions } from './check-conditions.ts';
import { findProject } from './find-project.ts';
import { lockAudience, type StoredAudience } from './visible-audience.ts';

/** What a person or a program says of an audience. */
export interface AudienceContent {
  readonly name: string;
  readonly description: string | null;
  /** JSON text. */
  readonly conditions: string;
  /** The builder's own; `null` for everybody else. */
  readonly layout: string | null;
  readonly segmentation?: boolean | undefined;
}

/**
 * Creates an audience in a project, the account's first linked one unless told, and gives its id.
 *
 * @throws `forbidden`, `not-found`, `conflict`, `invalid-fields`
 */
export async function createAudience(
  actor: Actor,
  { projectId, ...content }: AudienceContent & { readonly projectId?: number | undefined },
): Promise<number> {
  requireMayWrite(actor);
  const project = await findProject(actor, projectId);
  return inTransaction(async (tx) => {
    await lockRow(tx, 'Project', project.id);
    const checked = await checkConditions(tx, { project, conditions: content.conditions });
    const { segmentation, ...saved } = { ...content, ...checked };
    const created = await tx.audience.create({
      data: {
        ...saved,
        ...(segmentation === undefined ? {} : { segmentation }),
        projectId: project.id,
        updatedBy: actor.name,
      },
    });
    await recordVersion(tx, actor, { ...created, restoredFrom: null });
    await recordChange(tx, actor, {
      action: 'audience.created',
      objectKind: 'audience',
      objectId: created.id,
      objectName: created.name,
      after: auditOf(created),
    });
    return created.id;
  });
}

/** What is undefined stays. */
type AudienceChange = {
  readonly [Field in keyof AudienceContent]?: AudienceContent[Field] | undefined;
};

interface AudienceSave extends AudienceChange {
  /** The version that the edit began with; left out by programs that change what they name, whatever it was. */
  readonly version?: number;
  readonly archived?: boolean | undefined;
  readonly restoredFrom?: number;
}

/**
 * Changes what is named. Nothing is written, and there is no new version, when that is what is stored.
 *
 * @throws `forbidden`, `not-found`, `audience-changed` (409), `conflict`, `invalid-fields`
 */
export async function saveAudience(
  actor: Actor,
  audienceId: number,
  { version, restoredFrom, archived, ...content }: AudienceSave,
): Promise<void> {
  requireMayWrite(actor);
  await inTransaction(async (tx) => {
    const stored = await lockAudience(tx, actor, audienceId);
    if (version !== undefined && version !== stored.version) throw changedMeanwhile(stored);
    if (archived === true && !stored.archived) await refuseIfUsed(tx, stored, 'archived');
    const { project } = stored;
    const checked =
      content.conditions === undefined
        ? {}
        : await checkConditions(tx, { project, conditions: content.conditions, audienceId });
    const named = {
      ...content,
      ...('conditions' in checked ? { conditions: checked.conditions } : {}),
    };
    const changes = describeChanges({ ...stored }, { ...named });
    const isArchiving = archived !== undefined && archived !== stored.archived;
    if (!changes && !isArchiving) return;
    const updated = await tx.audience.update({
      where: { id: audienceId },
      data: {
        ...changes?.after,
        ...checked,
        ...(isArchiving ? { archived } : {}),
        ...(changes ? { version: stored.version + 1 } : {}),
        updatedAt: new Date(),
        updatedBy: actor.name,
      },
    });
    if (changes) {
      await recordVersion(tx, actor, { ...updated, restoredFrom: restoredFrom ?? null });
    }
    await recordChange(tx, actor, {
      action: actionOf({ isArchiving, archived, restoredFrom }),
      objectKind: 'audience',
      objectId: audienceId,
      objectName: updated.name,
      before: auditOf(stored),
      after: auditOf(updated),
    });
  });
}

/** @throws `forbidden`, `not-found`, `conflict` while other audiences refer to it */
export async function deleteAudience(actor: Actor, audienceId: number): Promise<void> {
  requireMayWrite(actor);
  await inTransaction(async (tx) => {
    const stored = await lockAudience(tx, actor, audienceId);
    await refuseIfUsed(tx, stored, 'deleted');
    await tx.audience.delete({ where: { id: audienceId } });
    await recordChange(tx, actor, {
      action: 'audience.deleted',
      objectKind: 'audience',
      objectId: audienceId,
      objectName: stored.name,
      before: auditOf(stored),
    });
  });
}

function requireMayWrite(actor: Actor): void {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
}

function changedMeanwhile({ version, updatedBy, updatedAt }: StoredAudience): AppError {
  return new AppError({
    code: 'audience-changed',
    message: `${updatedBy} saved this audience while you were editing it. Nothing was overwritten.`,
    status: 409,
    fields: { version: String(version), updatedBy, updatedAt: updatedAt.toISOString() },
  });
}

async function refuseIfUsed(
  tx: DbTransaction,
  { id, projectId, name }: StoredAudience,
  verb: 'archived' | 'deleted',
): Promise<void> {
  const users = await tx.audience.findMany({
    where: {
      projectId,
      audienceIds: { has: id },
      ...(verb === 'archived' ? { archived: false } : {}),
    },
    select: { name: true },
    take: 4,
  });
  if (users.length === 0) return;
  const names = users.slice(0, 3).map((user) => `"${user.name}"`);
  const list = users.length > 3 ? `${names.join(', ')} and others` : names.join(', ');
  throw new AppError({
    code: 'conflict',
    message: `"${name}" cannot be ${verb}, because ${list} ${users.length === 1 ? 'refers' : 'refer'} to it.`,
    status: 409,
  });
}

interface SavedVersion extends AudienceContent {
  readonly id: number;
  readonly version: number;
  readonly restoredFrom: number | null;
}

async function recordVersion(
  tx: DbTransaction,
  actor: Actor,
  { id, version, name, description, conditions, layout, restoredFrom }: SavedVersion,
): Promise<void> {
  const content = { name, description, conditions, layout };
  await tx.audienceVersion.create({
    data: { ...content, audienceId: id, version, restoredFrom, savedBy: actor.name },
  });
}

/** Conditions are kept as versions; in the audit trail their change is enough. */
function auditOf({
  name,
  description,
  archived,
  version,
}: Omit<StoredAudience, 'project' | 'lastCount'>) {
  return { name, description, archived, version };
}

interface SaveKind {
  readonly isArchiving: boolean;
  readonly archived: boolean | undefined;
  readonly restoredFrom: number | undefined;
}

function actionOf({ isArchiving, archived, restoredFrom }: SaveKind): string {
  if (restoredFrom !== undefined) return 'audience.version-restored';
  if (!isArchiving) return 'audience.updated';
  return archived ? 'audience.archived' : 'audience.restored';
}
