import { cn } from '#components/cn.ts';
import type { DropEdge } from './use-node-drag.ts';

/** Where the dragged node would land. */
export function DropLine({ edge }: { edge: DropEdge | null }) {
  if (edge === null) return null;
  if (edge === 'inside') {
    return (
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 z-10 rounded-lg border-2 border-primary"
      />
    );
  }
  return (
    <span
      aria-hidden
      className={cn(
        'pointer-events-none absolute inset-x-0 z-10 h-0.5 rounded-full bg-primary',
        edge === 'before' ? '-top-1.5' : '-bottom-1.5',
      )}
    />
  );
}
