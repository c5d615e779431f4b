import type { z } from 'zod';
import { AppError } from '../core/errors.ts';

/**
 * Parses what a caller sent.
 *
 * @throws `invalid-fields` with the first fault of each field by dotted path; a fault of the whole goes under `body`
 */
export function parseInput<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    fields[issue.path.join('.') || 'body'] ??= issue.message;
  }
  const faults = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  throw new AppError({ code: 'invalid-fields', message: faults.join(' '), status: 400, fields });
}
