import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { ListRejectsParameters } from '#lib/contracts/uploads.ts';
import { rejectCodes, type RejectCode } from '#lib/core/csv/types.ts';
import { rejectsPerPage } from '#lib/queries/uploads.ts';

/** What the address of an upload's page may hold; read by the server and by the browser. */
export const rejectParameters = {
  page: parseAsInteger.withDefault(1),
  code: parseAsStringLiteral(rejectCodes),
  column: parseAsString,
};

type RejectAddress = {
  readonly page: number;
  readonly code: RejectCode | null;
  readonly column: string | null;
};

export function toRejectsRequest({ page, code, column }: RejectAddress): ListRejectsParameters {
  return {
    page: Math.max(1, page),
    perPage: rejectsPerPage,
    code: code ?? undefined,
    column: column ?? undefined,
  };
}
