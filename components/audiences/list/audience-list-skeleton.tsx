import { Skeleton } from '#components/ui/skeleton.tsx';

/** Rows of the list's own height. */
export function AudienceListSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading audiences" role="status" className="flex flex-col">
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key} className="flex h-14 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="w-40" />
          <Skeleton className="w-72 max-md:hidden" />
          <Skeleton className="w-16" />
          <Skeleton className="w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
