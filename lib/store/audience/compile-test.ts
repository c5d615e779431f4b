import type { Comparison, ValueTest } from '#lib/core/audience/value-test.ts';
import { castType } from '../column-type.ts';
import { foldCaseFunction } from './fold-case.ts';
import type { ColumnContext } from './column-context.ts';
import { compileTimeTest } from './compile-time-test.ts';

const operators = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const satisfies Record<
  Comparison,
  string
>;

/**
 * One rule on one column as SQL.
 *
 * @example compileTest({ kind: 'exists' }, context) // 't_12.a_34 IS NOT NULL'
 */
export function compileTest(test: ValueTest, context: ColumnContext): string {
  const { column, type, parameters } = context;
  const number = (value: bigint | number) => parameters.add(String(value), castType(type));
  switch (test.kind) {
    case 'exists':
      return `${column} IS NOT NULL`;
    case 'text-is':
      return isAnyOf([...test.accepted], { ...context, column: textOf(column, test.ignoreCase) });
    case 'text-has':
      return `${textOf(column, test.ignoreCase)} LIKE ${parameters.add(pattern(test), 'text')}`;
    case 'bool-is':
      return test.value ? column : `NOT ${column}`;
    case 'number-is':
      return isAnyOf([...test.values].map(String), context);
    case 'number-compares':
      return `${column} ${operators[test.comparison]} ${number(test.value)}`;
    case 'number-between':
      return `${column} BETWEEN ${number(test.low)} AND ${number(test.high)}`;
    default:
      return compileTimeTest(test, context);
  }
}

function isAnyOf(values: readonly string[], { column, type, parameters }: ColumnContext): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    return `${column} = ${parameters.add(only, castType(type))}`;
  }
  return `${column} = ANY(${parameters.add(values, `${castType(type)}[]`)})`;
}

function textOf(column: string, ignoreCase: boolean): string {
  return ignoreCase ? `${foldCaseFunction}(${column})` : column;
}

function pattern({ where, needle }: Extract<ValueTest, { kind: 'text-has' }>): string {
  const text = needle.replaceAll(/[\\%_]/g, String.raw`\$&`);
  switch (where) {
    case 'anywhere':
      return `%${text}%`;
    case 'start':
      return `${text}%`;
    case 'end':
      return `%${text}`;
  }
}
