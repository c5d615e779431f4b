import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';

const statuses = ['all', 'active', 'archived'] as const;
const sorts = ['created', 'name', 'datatype', 'modified'] as const;
export type AttributeSort = (typeof sorts)[number];

const parsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(statuses).withDefault('all'),
  sort: parseAsStringLiteral(sorts).withDefault('created'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  page: parseAsInteger.withDefault(1),
};

export const attributesPerPage = 100;

export function useAttributeListView() {
  return useQueryStates(parsers);
}

export type AttributeListView = ReturnType<typeof useAttributeListView>[0];

/** The attributes that the view asks for, archived ones last; a table comes with all of its attributes. */
export function selectAttributes(
  attributes: readonly AttributeResponse[],
  view: AttributeListView,
): AttributeResponse[] {
  const words = view.search.trim().toLowerCase();
  const sign = view.direction === 'asc' ? 1 : -1;
  return attributes
    .filter((attribute) => matchesStatus(attribute, view.status))
    .filter((attribute) => words === '' || matchesWords(attribute, words))
    .sort((a, b) => archivedLast(a, b) || sign * compare(a, b, view.sort));
}

function matchesStatus(
  { archivedAt }: AttributeResponse,
  status: (typeof statuses)[number],
): boolean {
  if (status === 'all') return true;
  return (status === 'archived') === (archivedAt !== null);
}

function matchesWords({ id, name, description }: AttributeResponse, words: string): boolean {
  return (
    name.toLowerCase().includes(words) ||
    (description ?? '').toLowerCase().includes(words) ||
    String(id) === words
  );
}

function archivedLast(a: AttributeResponse, b: AttributeResponse): number {
  return Number(a.archivedAt !== null) - Number(b.archivedAt !== null);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: AttributeResponse, b: AttributeResponse, sort: AttributeSort): number {
  switch (sort) {
    case 'name':
      return collator.compare(a.name, b.name);
    case 'datatype':
      return a.datatype.localeCompare(b.datatype) || collator.compare(a.name, b.name);
    case 'modified':
      return a.updatedAt.localeCompare(b.updatedAt);
    case 'created':
      return a.id - b.id;
  }
}
