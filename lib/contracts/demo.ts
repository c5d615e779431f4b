import { z } from 'zod';

/** Answer of `POST /api/demo`: tables that were made and files that are on their way. */
export const demoResponse = z.object({
  tables: z.array(z.object({ id: z.int(), name: z.string() })),
});
export type DemoResponse = z.infer<typeof demoResponse>;
