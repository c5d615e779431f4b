import { z } from 'zod';

/** UTC with microseconds: 2015-08-01T11:50:37.864010Z (reference 2.1). */
export const v1Timestamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

export const v1Name = z
  .string('A text is required.')
  .trim()
  .min(1, 'A name is required.')
  .max(200, 'Use at most 200 characters.');

export const v1Description = z
  .string('Use a text or null.')
  .trim()
  .max(1000, 'Use at most 1,000 characters.')
  .nullable();

export const v1Boolean = z.boolean('Use true or false.');
