import 'server-only';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { UserActor } from '#lib/services/actor.ts';
import { getSessionActor } from '#lib/services/auth/session.ts';

/** Who is signed in; asked once per request, however many layouts and pages want to know. */
export const currentActor = cache(async (): Promise<UserActor | null> =>
  getSessionActor(new Headers(await headers())),
);

/** For every page of the dashboard: sends people without a session to sign in, and back to this page. */
export async function requireActor(): Promise<UserActor> {
  const actor = await currentActor();
  if (actor) return actor;
  const address = new URL((await headers()).get('x-address') ?? '/', 'http://localhost');
  // Next's own parameter of client navigations.
  address.searchParams.delete('_rsc');
  const next = address.pathname + address.search;
  redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
}
