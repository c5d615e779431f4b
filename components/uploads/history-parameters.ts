import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { uploadSources, uploadStates } from '#lib/contracts/uploads.ts';
import { uploadsPerPage, type UploadFilters } from '#lib/queries/uploads.ts';

/** What the address of an Upload History may hold; read by the server and by the browser. */
export const historyParameters = {
  page: parseAsInteger.withDefault(1),
  search: parseAsString.withDefault(''),
  state: parseAsStringLiteral(uploadStates),
  source: parseAsStringLiteral(uploadSources),
  /** Only in the history of all tables. */
  table: parseAsInteger,
};

type HistoryAddress = {
  readonly page: number;
  readonly search: string;
  readonly state: UploadFilters['state'] | null;
  readonly source: UploadFilters['source'] | null;
  readonly table: number | null;
};

/** `tableId` of a history that belongs to one table wins over the address. */
export function toUploadFilters(address: HistoryAddress, tableId?: number): UploadFilters {
  const { page, search, state, source, table } = address;
  return {
    page: Math.max(1, page),
    perPage: uploadsPerPage,
    search,
    state: state ?? undefined,
    source: source ?? undefined,
    tableId: tableId ?? table ?? undefined,
  };
}

export function hasFilters({ search, state, source, table }: HistoryAddress): boolean {
  return search !== '' || state !== null || source !== null || table !== null;
}
