import { SearchX } from 'lucide-react';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';

type NotFoundProps = { title: string; children: string };

export function NotFound({ title, children }: NotFoundProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <SearchX aria-hidden className="size-6 text-muted-foreground" />
      <PageHeading>{title}</PageHeading>
      <p className="max-w-prose text-base text-pretty text-muted-foreground">{children}</p>
      <ButtonLink href="/attributes" className="mt-2">
        Go to Attributes
      </ButtonLink>
    </div>
  );
}
