import { AppError, type FieldErrors } from '../../core/errors.ts';

const v1Names: Readonly<Record<string, string>> = {
  keyKind: 'keyfield_locator_type',
  keyName: 'keyfield_locator_name',
  isValuePublic: 'is_value_public',
  serviceId: 'dcp_service_id',
  tableId: 'dcp_datasource_id',
};

/** Runs a service and names the fields of its errors as the v1 API does. */
export async function withV1Fields<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields) throw error;
    throw new AppError({
      code: error.code,
      message: error.message,
      status: error.status,
      fields: rename(error.fields),
      cause: error,
    });
  }
}

function rename(fields: FieldErrors): FieldErrors {
  return Object.fromEntries(
    Object.entries(fields).map(([field, message]) => [v1Names[field] ?? field, message]),
  );
}
