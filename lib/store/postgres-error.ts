import pg from 'pg';

/** SQLSTATEs that the store tells apart. */
export const sqlStates = {
  uniqueViolation: '23505',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  undefinedTable: '42P01',
  undefinedColumn: '42703',
  queryCanceled: '57014',
  programLimitExceeded: '54000',
  tooManyColumns: '54011',
} as const;

/** SQLSTATE of a server's answer; `null` for anything else that was thrown. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** Whether a row has more filled columns than fit into a page: about 8 kB, long texts aside. */
export function isRowTooWide(error: unknown): boolean {
  const state = sqlState(error);
  return state === sqlStates.programLimitExceeded || state === sqlStates.tooManyColumns;
}

/** Whether a statement named a table or a column that is gone. */
export function isMissingObject(error: unknown): boolean {
  const state = sqlState(error);
  return state === sqlStates.undefinedTable || state === sqlStates.undefinedColumn;
}

/**
 * Whether the database could not be talked to at all, so that the statement itself is not to blame:
 * a lost connection, a server that is starting, stopping or out of connections.
 */
export function isUnreachable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return /^(08|57P0|53300)/.test(state);
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    return /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/.test(error.code);
  }
  return /^Connection terminated|^Client was closed|connection error|timeout exceeded when trying to connect/i.test(
    error.message,
  );
}
