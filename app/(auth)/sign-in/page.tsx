import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/auth/sign-in-form.tsx';
import { Card } from '#components/ui/card.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';
import { currentActor } from '../../require-actor.ts';
import { ownPath } from './own-path.ts';

export const metadata: Metadata = { title: 'Sign in' };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = ownPath((await searchParams).next);
  if (await currentActor()) redirect(next);
  return (
    <>
      <Card className="flex flex-col gap-5 p-6">
        <PageHeading>Sign in</PageHeading>
        <SignInForm next={next} />
      </Card>
      <p className="text-center text-xs text-balance text-muted-foreground">
        New here? Ask an administrator for an invitation. The first administrator uses the link that
        the server printed when it started.
      </p>
    </>
  );
}
