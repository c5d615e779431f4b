import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Breadcrumb, type Crumb } from './breadcrumb.tsx';
import { Button } from './button.tsx';
import { DropdownMenu } from './dropdown-menu.tsx';
import { PageHeading } from './page-heading.tsx';

type PageHeaderProps = {
  title: string;
  /** One line: what the page is for. */
  description?: ReactNode;
  crumbs?: readonly Crumb[];
  /** Beside the title, such as a badge. */
  badge?: ReactNode;
  /** Ids and other facts, on a line of their own. */
  meta?: ReactNode;
  primaryAction?: ReactNode;
  /** MenuItems; they appear under "More actions". */
  moreActions?: ReactNode;
};

export function PageHeader({
  title,
  description,
  crumbs,
  badge,
  meta,
  primaryAction,
  moreActions,
}: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {crumbs && crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <PageHeading>{title}</PageHeading>
            {badge}
          </div>
          {description !== undefined && (
            <p className="max-w-3xl text-base text-pretty text-muted-foreground">{description}</p>
          )}
          {meta}
        </div>
        {(primaryAction !== undefined || moreActions !== undefined) && (
          <div className="flex flex-wrap items-center gap-2">
            {moreActions !== undefined && (
              <DropdownMenu
                trigger={
                  <Button>
                    More actions
                    <ChevronDown aria-hidden />
                  </Button>
                }
              >
                {moreActions}
              </DropdownMenu>
            )}
            {primaryAction}
          </div>
        )}
      </div>
    </header>
  );
}
