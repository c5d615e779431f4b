import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import { idParameter } from '#lib/contracts/common.ts';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { AppError } from '#lib/core/errors.ts';
import { getUpload } from '#lib/services/uploads/get-upload.ts';
import { requireActor } from '../../../require-actor.ts';

/** The upload of the address, read once per request; an unknown one is a page not found. */
export const loadUpload = cache(async (uploadId: string): Promise<UploadResponse> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(uploadId);
  if (!id.success) notFound();
  try {
    return await getUpload(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
});
