import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import { idParameter } from '#lib/contracts/common.ts';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { AppError } from '#lib/core/errors.ts';
import { getUpload } from '#lib/services/uploads/get-upload.ts';
import { requireActor } from '../../../require-actor.ts';

/** The upload of the address, read once per request; null when there is none that the user may see. */
export const findUpload = cache(async (uploadId: string): Promise<UploadResponse | null> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(uploadId);
  if (!id.success) return null;
  try {
    return await getUpload(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
});

/** The same, where an unknown one is a page not found. */
export async function loadUpload(uploadId: string): Promise<UploadResponse> {
  return (await findUpload(uploadId)) ?? notFound();
}
