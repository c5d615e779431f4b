import { z } from 'zod';

/** A list of blobs as the control plane keeps it. */
export const blobRefs = z.array(
  z.object({ name: z.string(), size: z.number(), offset: z.number().exactOptional() }),
);
