import { Skeleton } from '#components/ui/skeleton.tsx';

/** Of the history's own height for a handful of uploads. */
export function HistorySkeleton() {
  return (
    <div className="divide-y">
      {['first', 'second', 'third', 'fourth', 'fifth'].map((name) => (
        <div key={name} className="flex items-center gap-6 px-4 py-2.5">
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="w-48 max-w-full" />
            <Skeleton className="h-3 w-28" />
          </div>
          <Skeleton className="w-20 max-md:hidden" />
          <Skeleton className="w-16 max-md:hidden" />
          <Skeleton className="h-5 w-28" />
        </div>
      ))}
    </div>
  );
}
