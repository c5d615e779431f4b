import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { RequestError } from '#lib/queries/fetch-json.ts';

type SetServerErrorsOptions<Values extends FieldValues> = {
  error: unknown;
  setError: UseFormSetError<Values>;
  /** The fields that the form shows. */
  fields: readonly Path<Values>[];
};

/**
 * Puts the faults that the server found on the fields of the form and focuses the first. Returns whether
 * anything landed; if nothing did, the form has to show the message itself.
 */
export function setServerErrors<Values extends FieldValues>({
  error,
  setError,
  fields,
}: SetServerErrorsOptions<Values>): boolean {
  if (!(error instanceof RequestError)) return false;
  const { fields: faults } = error;
  const faulty = fields.filter((field) => faults[field] !== undefined);
  faulty.forEach((field, index) => {
    setError(field, { type: 'server', message: faults[field] ?? '' }, { shouldFocus: index === 0 });
  });
  return faulty.length > 0;
}
