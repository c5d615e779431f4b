import type { BoundCondition, CatalogAttribute } from '#lib/core/audience/bound-condition.ts';
import { compileTest } from './compile-test.ts';
import type { Parameters } from './parameters.ts';

export interface CompileContext {
  readonly parameters: Parameters;
  readonly now: Date;
  /** SQL of an attribute's value, `null` where the row that is looked at has no values of its table. */
  readonly column: (attribute: CatalogAttribute) => string | null;
  /** Where a rule or another audience was computed already: what stands for its SQL. */
  readonly computed?: (sql: string) => string;
}

/**
 * A tree as a boolean SQL expression, NULL being unknown: SQL's AND, OR and NOT are the very logic of
 * `evaluate`, and WHERE, too, drops what is unknown.
 *
 * @example compileCondition(condition, context) // '(t_12.a_34 > $1::bigint AND NOT (t_12.a_35))'
 */
export function compileCondition(condition: BoundCondition, context: CompileContext): string {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => compileCondition(part, context));
      if (parts.length === 0) return condition.kind === 'and' ? 'TRUE' : 'FALSE';
      return `(${parts.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${compileCondition(condition.condition, context)})`;
    case 'audience': {
      const { computed, ...inner } = context;
      const sql = compileCondition(condition.condition, inner);
      return computed ? computed(sql) : sql;
    }
    case 'unknown':
      return 'NULL::boolean';
    case 'attribute': {
      const { attribute, test } = condition;
      const column = context.column(attribute);
      if (column === null) return test.kind === 'exists' ? 'FALSE' : 'NULL::boolean';
      const sql = `(${compileTest(test, { ...context, column, type: attribute.type })})`;
      return context.computed ? context.computed(sql) : sql;
    }
  }
}
