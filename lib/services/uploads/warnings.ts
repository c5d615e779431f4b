import { z } from 'zod';
import type { UploadWarning } from '../../contracts/uploads.ts';

const warnings = z.array(
  z.object({ code: z.string(), column: z.string().nullable(), count: z.number() }),
);

const messages: Readonly<Record<string, string>> = {
  'epoch-looks-like-milliseconds':
    'These timestamps are beyond the year 5138: they look like milliseconds. They were stored as seconds, which is what an epoch attribute holds.',
};

/** What was accepted and is still worth a look, in words. */
export function readWarnings(stored: unknown): UploadWarning[] {
  return warnings.parse(stored).map(({ code, column, count }) => ({
    code,
    column,
    count,
    message: messages[code] ?? code,
  }));
}
