import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { bindConditions } from '../bind-conditions.ts';
import type { AudienceCatalog, BoundCondition, CatalogAudience } from '../bound-condition.ts';
import type { AttributeCondition, Condition, ConditionValue, MatchType } from '../condition.ts';

const tableId = 678;

/** Attribute of each datatype in table 678, named after it. */
export function idOf(type: ValueType): number {
  return valueTypes.indexOf(type) + 1;
}

/** A rule on the attribute of a datatype. */
export function rule(
  type: ValueType,
  match: MatchType,
  value: ConditionValue | null = null,
): AttributeCondition {
  return { kind: 'attribute', tableId, attributeId: idOf(type), match, value, ignoreCase: false };
}

/** The same rule, ignoring case. */
export function inAnyCase(condition: AttributeCondition): AttributeCondition {
  return { ...condition, ignoreCase: true };
}

export function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}

export function all(...conditions: readonly Condition[]): Condition {
  return { kind: 'and', conditions };
}

export function any(...conditions: readonly Condition[]): Condition {
  return { kind: 'or', conditions };
}

export function inAudience(audienceId: number): Condition {
  return { kind: 'audience', audienceId };
}

interface SampleOptions {
  readonly archived?: ValueType;
  readonly audiences?: readonly CatalogAudience[];
}

export function sampleCatalog({ archived, audiences = [] }: SampleOptions = {}): AudienceCatalog {
  return {
    attribute: (id, attributeId) => {
      const type = valueTypes[attributeId - 1];
      if (!type || id !== tableId) return undefined;
      const isArchived = type === archived;
      return { id: attributeId, tableId, name: type, tableName: 'CRM', type, isArchived };
    },
    audience: (id) => audiences.find((audience) => audience.id === id),
  };
}

/** Bound, with all faults refused. */
export function bind(condition: Condition, options: SampleOptions = {}): BoundCondition {
  const binding = bindConditions(condition, { catalog: sampleCatalog(options) });
  if (binding.faults.length > 0) throw new Error(JSON.stringify(binding.faults));
  return binding.condition;
}
