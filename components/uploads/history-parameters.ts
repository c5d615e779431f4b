import { createParser, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { uploadSources, uploadStates } from '#lib/contracts/uploads.ts';
import { uploadsPerPage, type UploadFilters } from '#lib/queries/uploads.ts';
import { isDay, startOfDay, startOfNextDay } from './day.ts';

const parseAsDay = createParser({
  parse: (text) => (isDay(text) ? text : null),
  serialize: (day: string) => day,
});

/** What the address of an Upload History may hold; read by the server and by the browser. */
export const historyParameters = {
  page: parseAsInteger.withDefault(1),
  search: parseAsString.withDefault(''),
  state: parseAsStringLiteral(uploadStates),
  source: parseAsStringLiteral(uploadSources),
  /** Only in the history of all tables. */
  table: parseAsInteger,
  /** First and last day of arrival, as the reader's own clock has them. */
  from: parseAsDay,
  to: parseAsDay,
};

type HistoryAddress = {
  readonly page: number;
  readonly search: string;
  readonly state: UploadFilters['state'] | null;
  readonly source: UploadFilters['source'] | null;
  readonly table: number | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** `tableId` of a history that belongs to one table wins over the address. */
export function toUploadFilters(address: HistoryAddress, tableId?: number): UploadFilters {
  const { page, search, state, source, table, from, to } = address;
  return {
    page: Math.max(1, page),
    perPage: uploadsPerPage,
    search,
    state: state ?? undefined,
    source: source ?? undefined,
    tableId: tableId ?? table ?? undefined,
    createdFrom: from === null ? undefined : startOfDay(from),
    createdBefore: to === null ? undefined : startOfNextDay(to),
  };
}

export function hasFilters(address: HistoryAddress): boolean {
  const { search, state, source, table } = address;
  return search !== '' || state !== null || source !== null || table !== null || hasDays(address);
}

/** What they mean depends on where the reader is. */
export function hasDays({ from, to }: Pick<HistoryAddress, 'from' | 'to'>): boolean {
  return from !== null || to !== null;
}

/** Nothing arrived on such days, and never will. */
export function isBackwards({ from, to }: Pick<HistoryAddress, 'from' | 'to'>): boolean {
  return from !== null && to !== null && from > to;
}
