import { BlobMissingError } from '#lib/blob/blob-store.ts';
import { isRowTooWide, sqlState, sqlStates } from '#lib/store/postgres-error.ts';

/** Why a whole file failed, for people; shown in the upload's history. */
export interface FailureReport {
  /** Kebab-case and public. */
  readonly code: string;
  /** One sentence: what happened. */
  readonly message: string;
  /** What to do about it, when there is more to say. */
  readonly hint?: string;
}

/** The file itself cannot be loaded: trying again would end the same way. */
export class UploadFailure extends Error {
  readonly report: FailureReport;

  constructor(report: FailureReport, cause?: unknown) {
    super(report.message, { cause });
    this.name = 'UploadFailure';
    this.report = report;
  }
}

const storedRows = 'Rows before the fault may have been stored; the counts tell how many.';

/** What an error says about the file; `null` when it says nothing, so that trying again makes sense. */
export function asUploadFailure(error: unknown): UploadFailure | null {
  if (error instanceof UploadFailure) return error;
  if (error instanceof BlobMissingError) {
    return new UploadFailure(
      {
        code: 'file-missing',
        message: 'The uploaded file is no longer in the store, or shorter than it was.',
        hint: 'Upload it again.',
      },
      error,
    );
  }
  if (isZlibError(error)) {
    return new UploadFailure(
      {
        code: 'file-damaged',
        message: 'The gzip data of the file is damaged or incomplete.',
        hint: `Compress the file again and upload it. ${storedRows}`,
      },
      error,
    );
  }
  return asRefusedRow(error);
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** The cause is left out: PostgreSQL's message may quote a customer's value. */
function asRefusedRow(error: unknown): UploadFailure | null {
  if (isRowTooWide(error)) {
    return new UploadFailure({
      code: 'row-too-wide',
      message: 'A row has more filled columns than the database can hold in one row.',
      hint: `Spread the attributes over several tables. ${storedRows}`,
    });
  }
  const state = sqlState(error);
  if (state === sqlStates.undefinedColumn) {
    return new UploadFailure({
      code: 'attribute-removed',
      message: 'An attribute of the file was removed while the file was loaded.',
      hint: `Remove its column from the file and upload it again. ${storedRows}`,
    });
  }
  if (state?.startsWith('22')) {
    return new UploadFailure({
      code: 'value-refused',
      message: `The database refused a value that had passed the checks (error ${state}).`,
      hint: `This is a defect of OpenDCP: please report it with the file's header. ${storedRows}`,
    });
  }
  return null;
}
