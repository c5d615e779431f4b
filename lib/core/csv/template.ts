import { datatypeRules } from '../datatypes/datatype-rules.ts';
import type { ValueType } from '../datatypes/types.ts';
import { encodeRow } from './encode.ts';

/** An active attribute of the table, in the order in which it shall appear. */
export interface TemplateAttribute {
  readonly name: string;
  readonly type: ValueType;
}

/**
 * The template file: a header with `customerId` and every attribute.
 *
 * @example headerTemplate([{ name: 'ltv', type: 'long' }]) // 'customerId,ltv\n'
 */
export function headerTemplate(attributes: readonly TemplateAttribute[]): string {
  return encodeRow(['customerId', ...attributes.map(({ name }) => name)]);
}

/**
 * The template with one valid row, to be overwritten.
 *
 * @example exampleTemplate([{ name: 'ltv', type: 'long' }]) // 'customerId,ltv\nexample-customer-1,42\n'
 */
export function exampleTemplate(attributes: readonly TemplateAttribute[]): string {
  const values = attributes.map(({ type }) => datatypeRules[type].example);
  return headerTemplate(attributes) + encodeRow(['example-customer-1', ...values]);
}

/** @example templateFileName('Data Warehouse') // 'Data-Warehouse-template.csv' */
export function templateFileName(tableName: string): string {
  const safe = tableName.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${safe === '' ? 'table' : safe}-template.csv`;
}
