import { bindTest } from './bind-test.ts';
import type { AudienceCatalog, BoundCondition, CatalogAudience } from './bound-condition.ts';
import type { AttributeCondition, Condition } from './condition.ts';
import type { ConditionFault, ConditionPath } from './condition-fault.ts';
import { excessOf, extentAround, ruleExtent, type Extent } from './extent.ts';
import { orderAudiences } from './order-audiences.ts';
import { references } from './references.ts';

export interface BindOptions {
  readonly catalog: AudienceCatalog;
  /** The audience whose conditions these are, if it has an id yet: it must not refer to itself. */
  readonly audienceId?: number | undefined;
}

export interface Binding {
  /** Rules with a fault are in it as unknown, so that it never holds for more people than was meant. */
  readonly condition: BoundCondition;
  /** Saving is refused while there are any; evaluation goes on without these rules. */
  readonly faults: readonly ConditionFault[];
}

/**
 * Resolves a tree against what there is: attributes get their types, rules their typed values, other
 * audiences their conditions.
 *
 * @example bindConditions(condition, { catalog, audienceId: 12 }) // { condition, faults: [] }
 */
export function bindConditions(
  condition: Condition,
  { catalog, audienceId }: BindOptions,
): Binding {
  const { ids, circular } = orderAudiences(references(condition).audienceIds, {
    catalog,
    audienceId,
  });
  const binder = new ConditionBinder({ catalog, audienceId, circular });
  for (const id of ids) binder.bindAudience(id);
  const bound = binder.bind(condition, []);
  const excess = excessOf(bound.extent);
  if (excess === null) return { condition: bound.condition, faults: binder.faults };
  const reason = `With the audiences that it refers to, this audience has too many ${excess}.`;
  return {
    condition: { kind: 'unknown', path: [], reason },
    faults: [...binder.faults, { path: [], message: reason }],
  };
}

interface Bound {
  readonly condition: BoundCondition;
  readonly extent: Extent;
}

interface BinderOptions extends BindOptions {
  readonly circular: ReadonlySet<number>;
}

class ConditionBinder {
  readonly faults: ConditionFault[] = [];
  readonly #catalog: AudienceCatalog;
  readonly #audienceId: number | undefined;
  readonly #circular: ReadonlySet<number>;
  readonly #audiences = new Map<number, Bound>();

  constructor({ catalog, audienceId, circular }: BinderOptions) {
    this.#catalog = catalog;
    this.#audienceId = audienceId;
    this.#circular = circular;
  }

  /** Those that it refers to come first. Its faults are for its own page to show. */
  bindAudience(id: number): void {
    const audience = this.#catalog.audience(id);
    if (!audience) return;
    this.#audiences.set(id, this.bind(audience.condition, []));
    this.faults.length = 0;
  }

  bind(condition: Condition, path: ConditionPath): Bound {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        const parts = condition.conditions.map((part, index) =>
          this.bind(part, [...path, index + 1]),
        );
        const conditions = parts.map((part) => part.condition);
        return {
          condition: { kind: condition.kind, path, conditions },
          extent: extentAround(parts.map(({ extent }) => extent)),
        };
      }
      case 'not': {
        const part = this.bind(condition.condition, [...path, 1]);
        return {
          condition: { kind: 'not', path, condition: part.condition },
          extent: extentAround([part.extent]),
        };
      }
      case 'attribute':
        return this.#bindRule(condition, path);
      case 'audience':
        return this.#bindReference(condition.audienceId, path);
    }
  }

  #bindRule(rule: AttributeCondition, path: ConditionPath): Bound {
    const { tableId, attributeId } = rule;
    const attribute = this.#catalog.attribute(tableId, attributeId);
    const isUsable = attribute && !attribute.isArchived;
    if (!isUsable) {
      const reason = attribute
        ? `"${attribute.name}" is archived.`
        : `There is no attribute ${attributeId} in table ${tableId}.`;
      return this.#unknown({ path, key: ['dcp_datasource_attribute_id'], reason });
    }
    const test = bindTest(rule, attribute.type);
    if (!test.ok) {
      return this.#unknown({ path, key: test.error.path, reason: test.error.message });
    }
    const condition = { kind: 'attribute', path, attribute, test: test.value } as const;
    return { condition, extent: ruleExtent(rule.value) };
  }

  #bindReference(audienceId: number, path: ConditionPath): Bound {
    const audience = this.#catalog.audience(audienceId);
    const bound = this.#audiences.get(audienceId);
    const reason = this.#whyNot(audienceId, audience, bound);
    if (!audience || !bound || reason !== null) {
      return this.#unknown({ path, key: ['audience_id'], reason: reason ?? '' });
    }
    const { id, name } = audience;
    return {
      condition: { kind: 'audience', path, audience: { id, name }, condition: bound.condition },
      extent: extentAround([bound.extent]),
    };
  }

  #whyNot(
    audienceId: number,
    audience: CatalogAudience | undefined,
    bound: Bound | undefined,
  ): string | null {
    if (!audience) return `There is no audience ${audienceId}.`;
    const { name, isArchived } = audience;
    if (isArchived) return `The audience "${name}" is archived.`;
    if (audienceId === this.#audienceId || this.#circular.has(audienceId)) {
      return `The audience "${name}" would be in itself.`;
    }
    const excess = bound ? excessOf(bound.extent) : null;
    return excess && `The audience "${name}" and those that it refers to have too many ${excess}.`;
  }

  #unknown({ path, key, reason }: UnknownRule): Bound {
    this.faults.push({ path: [...path, ...key], message: reason });
    return { condition: { kind: 'unknown', path, reason }, extent: ruleExtent(null) };
  }
}

interface UnknownRule {
  readonly path: ConditionPath;
  /** The part of the leaf that is at fault. */
  readonly key: ConditionPath;
  readonly reason: string;
}
