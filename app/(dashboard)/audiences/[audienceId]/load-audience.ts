import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { AppError } from '#lib/core/errors.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';
import { requireActor } from '../../../require-actor.ts';

/** The audience of the address, read once per request; null when there is none that the user may see. */
export const findAudience = cache(async (audienceId: string): Promise<AudienceResponse | null> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(audienceId);
  if (!id.success) return null;
  try {
    return await getAudience(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
});

/** The same, where an unknown one is a page not found. */
export async function loadAudience(audienceId: string): Promise<AudienceResponse> {
  return (await findAudience(audienceId)) ?? notFound();
}
