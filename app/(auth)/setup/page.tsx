import { Link2Off } from 'lucide-react';
import type { Metadata } from 'next';
import { SetUpForm } from '#components/auth/set-up-form.tsx';
import { roleWords } from '#components/shell/roles.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';
import { readInvitation } from '#lib/services/auth/invitations.ts';

export const metadata: Metadata = { title: 'Set up your account', referrer: 'no-referrer' };

type SetUpPageProps = { searchParams: Promise<{ secret?: string | string[] }> };

export default async function SetUpPage({ searchParams }: SetUpPageProps) {
  const { secret } = await searchParams;
  const invitation = typeof secret === 'string' ? await readInvitation(secret) : null;
  if (typeof secret !== 'string' || !invitation) return <UselessLink />;
  // Links for colleagues name their address; the one that the server prints at its first start does not.
  const isFirst = invitation.email === null;
  return (
    <Card className="flex flex-col gap-5 p-6">
      <div className="flex flex-col gap-1.5">
        <PageHeading>{isFirst ? 'Welcome to OpenDCP' : 'Join OpenDCP'}</PageHeading>
        <p className="text-sm text-pretty text-muted-foreground">
          {isFirst
            ? 'This one-time link creates the first administrator. Everything stays on this server: OpenDCP collects customer attributes in tables and shows them as one profile per customer.'
            : `You were invited as ${roleWords[invitation.role].label.toLowerCase()}: ${roleWords[invitation.role].hint.toLowerCase()}. The link works once.`}
        </p>
      </div>
      <SetUpForm secret={secret} email={invitation.email} isFirst={isFirst} />
    </Card>
  );
}

function UselessLink() {
  return (
    <Card className="flex flex-col items-start gap-4 p-6">
      <Link2Off aria-hidden className="size-6 text-muted-foreground" />
      <div className="flex flex-col gap-1.5">
        <PageHeading>This link does not work any more</PageHeading>
        <p className="text-sm text-pretty text-muted-foreground">
          Each link creates one account and then ends. This one was used, replaced by a newer one,
          has expired or was copied incompletely.
        </p>
        <p className="text-sm text-pretty text-muted-foreground">
          If your account exists, sign in. If not, ask an administrator for a new invitation; for
          the first administrator, restart the server and use the link that it prints.
        </p>
      </div>
      <ButtonLink href="/sign-in" variant="primary">
        Sign in
      </ButtonLink>
    </Card>
  );
}
