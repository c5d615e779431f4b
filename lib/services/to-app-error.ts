import { isUnreachable } from '#lib/store/postgres-error.ts';
import { AppError, errors } from '../core/errors.ts';

/** Prisma's own codes for a database that is away or gives no connection. */
const unreachable = /^P(1001|1002|1008|1017|2024)$/;

/** What is to be said of an error; null for a defect of ours. A database that is away is 503, whoever noticed it. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  return isDatabaseAway(error)
    ? errors.unavailable('The database cannot be reached. Try again in a minute.', error)
    : null;
}

function isDatabaseAway(error: unknown): boolean {
  if (isUnreachable(error)) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && unreachable.test(error.code))
    return true;
  if (error.name === 'DriverAdapterError') {
    return /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/.test(
      error.message,
    );
  }
  return error.cause !== undefined && isDatabaseAway(error.cause);
}
