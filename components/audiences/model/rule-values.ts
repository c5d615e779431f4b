import type { MatchType, Scalar } from '#lib/core/audience/condition.ts';
import { ExactNumber } from '#lib/core/datatypes/exact-number.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import type { EditorRule } from './editor-node.ts';
import { arityOf, operatorsOf, type Operator } from './operators.ts';

/** @example textOfValue(new ExactNumber('9223372036854775807')) // '9223372036854775807' */
export function textOfValue(value: Scalar | undefined): string {
  if (value === undefined) return '';
  return value instanceof ExactNumber ? value.source : String(value);
}

/** So many digits a JavaScript number holds for sure. */
const safeWholeNumber = /^-?(?:0|[1-9]\d{0,14})$/;

/**
 * What was typed, as the value is stored: a number where a JavaScript number says exactly the same, true and false as
 * such, and everything else as the text that it is, which the server reads exactly.
 */
export function valueOfText(type: ValueType, text: string): Scalar {
  switch (type) {
    case 'string':
    case 'date':
    case 'datetime':
      return text;
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'long':
    case 'epoch':
      return safeWholeNumber.test(text) && text !== '-0' ? Number(text) : text;
    case 'double':
      return String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text;
  }
}

/** The days of "in the last N days". */
export function daysOfText(text: string): Scalar {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : text;
}

/** Another comparison for the rule, which keeps of its values what still makes sense. */
export function withOperator(
  rule: EditorRule,
  { match, isNegated }: Pick<Operator, 'match' | 'isNegated'>,
): EditorRule {
  const values = keptValues(rule, match);
  const ignoreCase = rule.ignoreCase && match !== 'exists';
  return { ...rule, match, isNegated, values, ignoreCase };
}

function keptValues({ match, values }: EditorRule, next: MatchType): readonly Scalar[] {
  const before = arityOf(match);
  const after = arityOf(next);
  if (after === 'none') return [];
  if (after === 'anniversary') return before === after ? values : ['today'];
  if (after === 'days') return before === after ? values : [7];
  if (before === 'days' || before === 'anniversary') return [];
  if (after === 'one') return values.slice(0, 1);
  return after === 'two' ? values.slice(0, 2) : values.filter((value) => textOfValue(value) !== '');
}

/** Another attribute for the rule: comparison and values stay where they fit its datatype. */
export function withAttribute(
  rule: EditorRule,
  {
    tableId,
    id,
    type,
  }: { readonly tableId: number; readonly id: number; readonly type: ValueType },
  typeBefore: ValueType | null,
): EditorRule {
  const subject = { kind: 'attribute', tableId, attributeId: id } as const;
  const isSameKind = typeBefore !== null && kindOf(typeBefore) === kindOf(type);
  if (isSameKind) return { ...rule, subject };
  const [first] = operatorsOf(type);
  return {
    ...rule,
    subject,
    isNegated: false,
    match: first?.match ?? 'exists',
    values: type === 'bool' ? [true] : [],
    ignoreCase: false,
  };
}

/** Dates are asked the same questions whatever their format; a long and a double are not written alike. */
function kindOf(type: ValueType): string {
  return type === 'date' || type === 'datetime' || type === 'epoch' ? 'time' : type;
}

/** Separate values out of pasted text: by line when there are lines, else by comma, semicolon or tab. */
export function splitPasted(text: string): readonly string[] {
  const separator = /[\r\n]/.test(text.trim()) ? /[\r\n]+/ : /[,;\t]+/;
  const parts = text.split(separator).map((part) => part.trim());
  return [...new Set(parts.map(unquoted))].filter((part) => part !== '');
}

function unquoted(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll('""', '"');
}
