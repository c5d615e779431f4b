import { z } from 'zod';
import { parseJsonExact } from '../datatypes/exact-number.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Condition } from './condition.ts';
import type { ConditionFault, ConditionPath } from './condition-fault.ts';
import { MAX_DEPTH, MAX_FAULTS, MAX_RULES } from './limits.ts';
import { wireLeaf, type WireLeaf } from './wire-condition.ts';

/** Nobody is in it: Optimizely's default for a new audience. */
export const nobody: Condition = { kind: 'or', conditions: [] };

/**
 * Reads the JSON form. Whether the attributes exist and the values fit them is for `bindConditions`.
 * Stricter than Optimizely's SDKs where these guess: a list without an operator would lose its first
 * element there, and an empty `and` would match everybody.
 *
 * @param value what `parseJsonExact` gave.
 * @returns the tree, or what is wrong with it, with paths: everything, unless there are more than 100 faults or 1,000
 *   rules, where reading ends.
 * @example parseConditions(['and', { type: 'audience', audience_id: 7 }])
 */
export function parseConditions(value: unknown): Result<Condition, readonly ConditionFault[]> {
  if (Array.isArray(value) && value.length === 0) return ok(nobody);
  const reader = new ConditionReader();
  const condition = reader.read(value, []);
  return reader.faults.length > 0 ? fail(reader.faults) : ok(condition);
}

/** The JSON form as text, which is how the REST API carries it. @example parseConditionsText('[]') */
export function parseConditionsText(text: string): Result<Condition, readonly ConditionFault[]> {
  let value: unknown;
  try {
    value = parseJsonExact(text);
  } catch {
    return fail([{ path: [], message: 'The conditions are not valid JSON.' }]);
  }
  return parseConditions(value);
}

/** For request bodies: the JSON form as text, parsed; its issues carry the paths inside it. */
export const conditionsText = z.string().transform((text, context): Condition => {
  const parsed = parseConditionsText(text);
  if (parsed.ok) return parsed.value;
  for (const { path, message } of parsed.error) {
    context.issues.push({ code: 'custom', input: text, path: [...path], message });
  }
  return z.NEVER;
});

class ConditionReader {
  readonly faults: ConditionFault[] = [];
  #rules = 0;

  read(value: unknown, path: ConditionPath): Condition {
    if (Array.isArray(value)) return this.#readGroup(value, path);
    this.#rules += 1;
    if (this.#rules > MAX_RULES) {
      return this.#fault(
        path,
        `An audience can have at most ${MAX_RULES.toLocaleString('en')} rules.`,
      );
    }
    const leaf = wireLeaf.safeParse(value);
    if (leaf.success) return fromLeaf(leaf.data);
    for (const issue of leaf.error.issues) {
      this.#fault(
        [...path, ...issue.path.filter((part) => typeof part !== 'symbol')],
        issue.message,
      );
    }
    return nobody;
  }

  #readGroup(value: readonly unknown[], path: ConditionPath): Condition {
    const [operator, ...operands] = value;
    if (operator !== 'and' && operator !== 'or' && operator !== 'not') {
      return this.#fault([...path, 0], 'A group starts with "and", "or" or "not".');
    }
    if (path.length >= MAX_DEPTH) {
      return this.#fault(path, `Groups can be nested ${MAX_DEPTH} deep.`);
    }
    if (operands.length === 0) return this.#fault(path, 'This group has no conditions.');
    const conditions: Condition[] = [];
    for (const [index, operand] of operands.entries()) {
      if (this.#isRefused()) return nobody;
      conditions.push(this.read(operand, [...path, index + 1]));
    }
    if (operator !== 'not') return { kind: operator, conditions };
    const [condition = nobody] = conditions;
    if (conditions.length > 1) return this.#fault(path, '"not" takes exactly one condition.');
    return { kind: 'not', condition };
  }

  /** Reading on would find nothing that anybody needs to know. */
  #isRefused(): boolean {
    return this.#rules > MAX_RULES || this.faults.length >= MAX_FAULTS;
  }

  #fault(path: ConditionPath, message: string): Condition {
    this.faults.push({ path, message });
    return nobody;
  }
}

function fromLeaf(leaf: WireLeaf): Condition {
  if (leaf.type === 'audience') return { kind: 'audience', audienceId: leaf.audience_id };
  const { value = null } = leaf;
  return {
    kind: 'attribute',
    tableId: leaf.dcp_datasource_id,
    attributeId: leaf.dcp_datasource_attribute_id,
    match: leaf.match_type ?? leaf.match ?? (value === null ? 'exists' : 'exact'),
    value,
    ignoreCase: leaf.ignore_case ?? false,
  };
}
