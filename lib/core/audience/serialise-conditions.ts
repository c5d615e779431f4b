import { ExactNumber } from '../datatypes/exact-number.ts';
import type { Condition } from './condition.ts';
import type { WireCondition } from './wire-condition.ts';

/**
 * The JSON form of a tree, which `parseConditions` reads back as the same tree.
 *
 * @example toWire({ kind: 'not', condition: { kind: 'audience', audienceId: 7 } })
 * // ['not', { type: 'audience', audience_id: 7 }]
 */
export function toWire(condition: Condition): WireCondition {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      if (condition.conditions.length === 0 && condition.kind === 'or') return [];
      return [condition.kind, ...condition.conditions.map(toWire)];
    }
    case 'not':
      return ['not', toWire(condition.condition)];
    case 'audience':
      return { type: 'audience', audience_id: condition.audienceId };
    case 'attribute':
      return {
        type: 'external_attribute',
        dcp_datasource_id: condition.tableId,
        dcp_datasource_attribute_id: condition.attributeId,
        match_type: condition.match,
        ...(condition.value === null ? {} : { value: condition.value }),
        ...(condition.ignoreCase ? { ignore_case: true } : {}),
      };
  }
}

/**
 * The JSON form as text. Numbers that JavaScript would round are written as decimal text.
 *
 * @example serialiseConditions({ kind: 'or', conditions: [] }) // '[]'
 */
export function serialiseConditions(condition: Condition): string {
  return JSON.stringify(toWire(condition), (_key, value: unknown) =>
    value instanceof ExactNumber ? value.source : value,
  );
}
