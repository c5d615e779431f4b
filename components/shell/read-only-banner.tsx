'use client';

import { Eye } from 'lucide-react';
import { useSession } from './session.tsx';

export function ReadOnlyBanner() {
  if (useSession().role !== 'viewer') return null;
  return (
    <aside
      aria-label="Your role"
      className="flex items-center gap-2 border-b bg-info-subtle px-4 py-1.5 text-sm text-info sm:px-8"
    >
      <Eye aria-hidden className="size-4 shrink-0" />
      You are a viewer: you can look at everything and change nothing.
    </aside>
  );
}
