import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import type { AudienceCatalog } from '#lib/core/audience/bound-condition.ts';
import type { EditorRule } from './editor-node.ts';
import { arityOf } from './operators.ts';
import { textOfValue } from './rule-values.ts';
import { conditionOfRule } from './to-condition.ts';

/** Why a rule is not counted, and cannot be saved. */
export interface RuleProblem {
  /** `incomplete`: somebody is still at it. */
  readonly kind: 'incomplete' | 'invalid';
  /** Which part of the rule it is about. */
  readonly part: 'subject' | 'operator' | 'value';
  readonly message: string;
}

interface ProblemOptions {
  readonly catalog: AudienceCatalog;
  /** The audience that is edited, which must not refer to itself. */
  readonly audienceId?: number | undefined;
}

export function ruleProblem(
  rule: EditorRule,
  { catalog, audienceId }: ProblemOptions,
): RuleProblem | null {
  const { subject } = rule;
  if (subject === null) return incomplete('subject', 'Choose an attribute.');
  if (subject.kind === 'audience' && subject.audienceId === null) {
    return incomplete('subject', 'Choose an audience.');
  }
  if (subject.kind === 'attribute' && !hasValues(rule) && isKnown(subject, catalog)) {
    const message = arityOf(rule.match) === 'two' ? 'Enter both values.' : 'Enter a value.';
    return incomplete('value', message);
  }
  const { faults } = bindConditions(conditionOfRule(rule), { catalog, audienceId });
  const [fault] = faults;
  if (!fault) return null;
  const [key] = fault.path;
  const part = key === 'match_type' ? 'operator' : key === 'value' ? 'value' : 'subject';
  return { kind: 'invalid', part, message: fault.message };
}

/** Remembers: a rule that did not change is not checked again, and keeps the same problem. */
export function ruleChecker(options: ProblemOptions): (rule: EditorRule) => RuleProblem | null {
  const known = new WeakMap<EditorRule, { readonly problem: RuleProblem | null }>();
  return (rule) => {
    const found = known.get(rule) ?? { problem: ruleProblem(rule, options) };
    known.set(rule, found);
    return found.problem;
  };
}

function incomplete(part: RuleProblem['part'], message: string): RuleProblem {
  return { kind: 'incomplete', part, message };
}

function isKnown(
  { tableId, attributeId }: { readonly tableId: number; readonly attributeId: number },
  catalog: AudienceCatalog,
): boolean {
  return catalog.attribute(tableId, attributeId)?.isArchived === false;
}

function hasValues({ match, values }: EditorRule): boolean {
  const given = values.filter((value) => textOfValue(value) !== '').length;
  switch (arityOf(match)) {
    case 'none':
      return true;
    case 'two':
      return given >= 2;
    case 'many':
      return values.length > 0;
    default:
      // The empty text is a value that a text may have.
      return match === 'exact' ? values.length > 0 : given > 0;
  }
}
