'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';

// Of the whole tab: null until the first page stands, which must not steal the focus.
let lastPathname: string | null = null;

/** The one h1. After a client navigation it takes the focus, so that readers and keyboards start there. */
export function PageHeading({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const heading = useRef<HTMLHeadingElement>(null);

  // External system: the document's focus, which the client router leaves where it was.
  useEffect(() => {
    if (lastPathname !== null && lastPathname !== pathname) {
      heading.current?.focus({ preventScroll: true });
    }
    lastPathname = pathname;
  }, [pathname]);

  return (
    <h1 ref={heading} tabIndex={-1} className="min-w-0 text-xl wrap-break-word">
      {children}
    </h1>
  );
}
