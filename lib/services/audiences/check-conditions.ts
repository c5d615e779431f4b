import type { DbTransaction } from '#lib/db/client.ts';
import type { Project } from '#lib/db/generated/client.ts';
import { bindConditions } from '../../core/audience/bind-conditions.ts';
import type { ConditionFault } from '../../core/audience/condition-fault.ts';
import { parseConditionsText } from '../../core/audience/parse-conditions.ts';
import { references } from '../../core/audience/references.ts';
import { serialiseConditions } from '../../core/audience/serialise-conditions.ts';
import { AppError } from '../../core/errors.ts';
import { loadCatalog } from './load-catalog.ts';

interface CheckOptions {
  readonly project: Project;
  /** JSON text. */
  readonly conditions: string;
  /** The audience that they are for, if it has an id yet. */
  readonly audienceId?: number;
}

/** What of an audience follows from its conditions. */
export interface CheckedConditions {
  readonly conditions: string;
  readonly attributeIds: number[];
  readonly tableIds: number[];
  readonly audienceIds: number[];
}

/**
 * Conditions that may be saved: all they name exists, nothing of it is archived, and every value fits its attribute.
 *
 * @throws `invalid-fields`, each fault by its path
 */
export async function checkConditions(
  tx: DbTransaction,
  { project, conditions, audienceId }: CheckOptions,
): Promise<CheckedConditions> {
  const parsed = parseConditionsText(conditions);
  if (!parsed.ok) throw refuse(parsed.error);
  const scope = { projectId: project.id, serviceId: project.serviceId };
  const catalog = await loadCatalog(tx, scope, [parsed.value]);
  const { faults } = bindConditions(parsed.value, { catalog, audienceId });
  if (faults.length > 0) throw refuse(faults);
  const { attributeIds, tableIds, audienceIds } = references(parsed.value);
  return {
    conditions: serialiseConditions(parsed.value),
    attributeIds: [...attributeIds],
    tableIds: [...tableIds],
    audienceIds: [...audienceIds],
  };
}

function refuse(faults: readonly ConditionFault[]): AppError {
  const fields: Record<string, string> = {};
  for (const { path, message } of faults) {
    fields[['conditions', ...path].join('.')] ??= message;
  }
  const messages = [...new Set(Object.values(fields))];
  const rest = messages.length > 5 ? ` And ${messages.length - 5} more.` : '';
  return new AppError({
    code: 'invalid-fields',
    message: `${messages.slice(0, 5).join(' ')}${rest}`,
    status: 400,
    fields,
  });
}
