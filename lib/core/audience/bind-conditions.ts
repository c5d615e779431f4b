import { bindTest } from './bind-test.ts';
import type { AudienceCatalog, BoundCondition, CatalogAudience } from './bound-condition.ts';
import type { AttributeCondition, Condition } from './condition.ts';
import type { ConditionFault, ConditionPath } from './condition-fault.ts';
import { MAX_EXPANDED_DEPTH, MAX_EXPANDED_RULES } from './limits.ts';
import { refersTo } from './refers-to.ts';

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
  const binder = new ConditionBinder(catalog, audienceId);
  const bound = binder.bind(condition, []);
  if (!isTooLarge(bound)) return { condition: bound.condition, faults: binder.faults };
  const reason = 'With the audiences that it refers to, this audience has too many rules.';
  return {
    condition: { kind: 'unknown', path: [], reason },
    faults: [...binder.faults, { path: [], message: reason }],
  };
}

interface Bound {
  readonly condition: BoundCondition;
  /** Both with the conditions of audiences written out. */
  readonly rules: number;
  readonly depth: number;
}

function isTooLarge({ rules, depth }: Bound): boolean {
  return rules > MAX_EXPANDED_RULES || depth > MAX_EXPANDED_DEPTH;
}

class ConditionBinder {
  readonly faults: ConditionFault[] = [];
  readonly #catalog: AudienceCatalog;
  readonly #audienceId: number | undefined;
  readonly #audiences = new Map<number, Bound>();
  /** Faults inside other audiences are for those to show. */
  #isInside = false;

  constructor(catalog: AudienceCatalog, audienceId: number | undefined) {
    this.#catalog = catalog;
    this.#audienceId = audienceId;
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
          rules: parts.reduce((sum, { rules }) => sum + rules, 0),
          depth: 1 + parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
        };
      }
      case 'not': {
        const part = this.bind(condition.condition, [...path, 1]);
        const bound = { kind: 'not', path, condition: part.condition } as const;
        return { ...part, condition: bound, depth: part.depth + 1 };
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
    return { condition, rules: 1, depth: 0 };
  }

  #bindReference(audienceId: number, path: ConditionPath): Bound {
    const audience = this.#catalog.audience(audienceId);
    const reason = this.#whyNot(audienceId, audience);
    if (!audience || reason !== null) {
      return this.#unknown({ path, key: ['audience_id'], reason: reason ?? '' });
    }
    const { id, name } = audience;
    const bound = this.#bindAudience(audience);
    if (isTooLarge(bound)) {
      return this.#unknown({
        path,
        key: ['audience_id'],
        reason: `The audience "${name}" and those that it refers to have too many rules.`,
      });
    }
    const { condition } = bound;
    return { ...bound, condition: { kind: 'audience', path, audience: { id, name }, condition } };
  }

  #whyNot(audienceId: number, audience: CatalogAudience | undefined): string | null {
    if (!audience) return `There is no audience ${audienceId}.`;
    if (audience.isArchived) return `The audience "${audience.name}" is archived.`;
    const own = this.#audienceId;
    const targets = new Set(own === undefined ? [audienceId] : [audienceId, own]);
    return audienceId === own || refersTo(this.#catalog, audienceId, targets)
      ? `The audience "${audience.name}" would be in itself.`
      : null;
  }

  #bindAudience({ id, condition }: CatalogAudience): Bound {
    const known = this.#audiences.get(id);
    if (known) return known;
    const wasInside = this.#isInside;
    this.#isInside = true;
    const bound = this.bind(condition, []);
    this.#isInside = wasInside;
    this.#audiences.set(id, bound);
    return bound;
  }

  #unknown({ path, key, reason }: UnknownRule): Bound {
    if (!this.#isInside) this.faults.push({ path: [...path, ...key], message: reason });
    return { condition: { kind: 'unknown', path, reason }, rules: 1, depth: 0 };
  }
}

interface UnknownRule {
  readonly path: ConditionPath;
  /** The part of the leaf that is at fault. */
  readonly key: ConditionPath;
  readonly reason: string;
}
