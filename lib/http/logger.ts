import pino, { type Logger } from 'pino';
import { readConfig } from '#lib/config/config.ts';

let cached: Logger | undefined;

/** JSON lines on standard output. Bodies, headers and customers' values never go in. */
export function getLogger(): Logger {
  cached ??= pino({ name: 'opendcp', level: readConfig().logLevel });
  return cached;
}

/** Name, text and place of a defect; not its other properties, where drivers put parameters and rows. */
export function describeDefect(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause === undefined ? {} : { cause: describeDefect(error.cause) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, message: error.message, stack: error.stack, ...code, ...cause };
}
