import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export type Crumb = { readonly label: string; readonly href?: string };

/** The way to the page, without the page itself, which the heading names. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-xs text-muted-foreground">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5" />}
            {crumb.href === undefined ? (
              <span>{crumb.label}</span>
            ) : (
              <Link
                href={crumb.href}
                className="inline-flex min-h-6 items-center truncate rounded-sm underline-offset-4 hover:text-foreground hover:underline"
              >
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
