import { isCustomerIdName, isErrorColumnName } from '../datatypes/attribute-name.ts';
import type { ValueType } from '../datatypes/types.ts';
import { fail, ok, type Result } from '../result.ts';
import { nearestName } from './edit-distance.ts';
import type { HeaderError, HeaderErrorCode } from './header.ts';
import type { Column } from './types.ts';

/** A registered attribute, as far as a header needs to know it. */
export interface HeaderAttribute {
  readonly id: number;
  readonly name: string;
  readonly type: ValueType;
  readonly isArchived: boolean;
}

export interface BindHeaderOptions {
  /** For messages. */
  readonly tableName: string;
}

interface Problem {
  readonly code: HeaderErrorCode;
  readonly sentence: string;
  readonly columns: readonly string[];
}

/** More names than this in one sentence help nobody. */
const NAMES_SHOWN = 10;

/**
 * Binds header cells to the table's attributes. Attribute names match exactly, `customerId` in letters of
 * any case; `error_line` and its siblings are read and ignored. Runs in Node and in browsers.
 *
 * @returns one column per cell, or ONE error that names everything at fault.
 * @example bindHeader(['customerId', 'ltv'], [{ id: 7, name: 'ltv', type: 'long', isArchived: false }], { tableName: 'CRM' })
 * // { ok: true, value: [{ kind: 'customer-id', name: 'customerId' }, { kind: 'attribute', name: 'ltv', attributeId: 7, type: 'long' }] }
 */
export function bindHeader(
  cells: readonly string[],
  attributes: readonly HeaderAttribute[],
  { tableName }: BindHeaderOptions,
): Result<readonly Column[], HeaderError> {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const columns: Column[] = [];
  const empty: number[] = [];
  const archived: string[] = [];
  const unknown: string[] = [];
  cells.forEach((name, index) => {
    const attribute = byName.get(name);
    if (name.trim() === '') empty.push(index + 1);
    else if (isCustomerIdName(name)) columns.push({ kind: 'customer-id', name });
    else if (attribute?.isArchived) archived.push(name);
    else if (attribute) {
      columns.push({ kind: 'attribute', name, attributeId: attribute.id, type: attribute.type });
    } else if (isErrorColumnName(name)) columns.push({ kind: 'ignored', name });
    else unknown.push(name);
  });

  const problems = [
    customerIdProblem(cells, columns),
    emptyProblem(empty, cells.length),
    duplicateProblem(cells),
    archivedProblem(unique(archived), tableName),
    unknownProblem(unique(unknown), attributes, tableName),
  ].filter((problem) => problem !== null);
  const [gravest] = problems;
  if (gravest === undefined) return ok(columns);
  return fail({
    code: gravest.code,
    message: problems.map((problem) => problem.sentence).join(' '),
    columns: unique(problems.flatMap((problem) => problem.columns)),
  });
}

function customerIdProblem(cells: readonly string[], columns: readonly Column[]): Problem | null {
  if (columns.some((column) => column.kind === 'customer-id')) return null;
  const [only = ''] = cells;
  const separator = [';', '|'].find((mark) => only.split(mark).some((part) => isIdCell(part)));
  if (cells.length === 1 && separator !== undefined) {
    return {
      code: 'header-wrong-delimiter',
      sentence: `The columns are separated by "${separator}". Separate them by commas or tabs.`,
      columns: [],
    };
  }
  return {
    code: 'header-no-customer-id',
    sentence: 'No column is named customerId. Add one with the customer ID of each row.',
    columns: [],
  };
}

function isIdCell(text: string): boolean {
  return isCustomerIdName(text.replaceAll('"', '').trim());
}

function emptyProblem(positions: readonly number[], total: number): Problem | null {
  if (positions.length === 0) return null;
  const isTrailing = positions.length === 1 && positions[0] === total && total > 1;
  return {
    code: 'header-empty-column',
    sentence: isTrailing
      ? `Column ${total}, the last one, has no name: the header line ends with a delimiter. Remove it.`
      : `${plural(positions.length, 'Column')} ${listed(positions.map(String))} ${positions.length === 1 ? 'has' : 'have'} no name.`,
    columns: [],
  };
}

function duplicateProblem(cells: readonly string[]): Problem | null {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const name of cells) {
    const key = isCustomerIdName(name) || isErrorColumnName(name) ? name.toLowerCase() : name;
    if (name.trim() !== '' && seen.has(key)) twice.push(name);
    seen.add(key);
  }
  if (twice.length === 0) return null;
  const names = unique(twice);
  return {
    code: 'header-duplicate-column',
    sentence: `${plural(names.length, 'Column')} ${quoted(names)} ${names.length === 1 ? 'stands' : 'stand'} in the header more than once.`,
    columns: names,
  };
}

function archivedProblem(names: readonly string[], tableName: string): Problem | null {
  if (names.length === 0) return null;
  const them = names.length === 1 ? 'it' : 'them';
  return {
    code: 'header-archived-attribute',
    sentence: `${plural(names.length, 'Attribute')} ${quoted(names)} of table "${tableName}" ${names.length === 1 ? 'is' : 'are'} archived. Restore ${them} or leave ${them} out of the file.`,
    columns: names,
  };
}

function unknownProblem(
  names: readonly string[],
  attributes: readonly HeaderAttribute[],
  tableName: string,
): Problem | null {
  if (names.length === 0) return null;
  const active = attributes.filter(({ isArchived }) => !isArchived).map(({ name }) => name);
  const shown = names.slice(0, NAMES_SHOWN).map((name) => {
    const nearest = nearestName(name, ['customerId', ...active]);
    return nearest === null ? `"${name}"` : `"${name}" (did you mean "${nearest}"?)`;
  });
  return {
    code: 'header-unknown-column',
    sentence: `Table "${tableName}" has no ${names.length === 1 ? 'attribute' : 'attributes'} ${withRest(shown, names.length)}. Register ${names.length === 1 ? 'it' : 'them'} first, or correct the header; names are case-sensitive.`,
    columns: names,
  };
}

function quoted(names: readonly string[]): string {
  return listed(names.map((name) => `"${name}"`));
}

function listed(names: readonly string[]): string {
  return withRest(names.slice(0, NAMES_SHOWN), names.length);
}

function withRest(shown: readonly string[], total: number): string {
  if (total > shown.length) return `${shown.join(', ')} and ${total - shown.length} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
