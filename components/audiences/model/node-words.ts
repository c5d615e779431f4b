import type { AudienceCatalog } from '#lib/core/audience/bound-condition.ts';
import type { EditorNode, EditorRule, GroupMode } from './editor-node.ts';
import { arityOf, operatorOf } from './operators.ts';
import { textOfValue } from './rule-values.ts';

interface ModeWords {
  readonly short: string;
  readonly hint: string;
  /** Stands before the second part and those after it. */
  readonly joiner: string;
}

export const modeWords: Record<GroupMode, ModeWords> = {
  all: { short: 'all', hint: 'Every condition holds', joiner: 'and' },
  any: { short: 'any', hint: 'At least one condition holds', joiner: 'or' },
  none: { short: 'none', hint: 'No condition holds', joiner: 'nor' },
  'not-all': { short: 'not all', hint: 'At least one condition does not hold', joiner: 'and' },
};

/** A short name for what is moved, removed or at fault: for labels and announcements. */
export function nodeWords(node: EditorNode, catalog: AudienceCatalog): string {
  if (node.kind === 'rule') return ruleWords(node, catalog);
  const count = node.children.length;
  return `the group “${modeWords[node.mode].short} of ${count}”`;
}

export function ruleWords(rule: EditorRule, catalog: AudienceCatalog): string {
  const text = ruleSentence(rule, catalog);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The rule in full, in the words of the editor. */
export function ruleSentence(rule: EditorRule, catalog: AudienceCatalog): string {
  const { subject } = rule;
  if (subject === null) return 'a new rule';
  if (subject.kind === 'audience') {
    const audience = subject.audienceId === null ? undefined : catalog.audience(subject.audienceId);
    return `${rule.isNegated ? 'not in' : 'in'} ${audience?.name ?? 'an audience'}`;
  }
  const attribute = catalog.attribute(subject.tableId, subject.attributeId);
  if (!attribute) return 'a rule on an unknown attribute';
  const { words } = operatorOf(attribute.type, rule.match, rule.isNegated);
  const values = rule.values.map(textOfValue).join(arityOf(rule.match) === 'two' ? ' and ' : ', ');
  const unit = arityOf(rule.match) === 'days' ? ` ${values === '1' ? 'day' : 'days'}` : '';
  return `${attribute.name} ${words} ${values}`.trim() + unit;
}
