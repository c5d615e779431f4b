import { Skeleton } from '#components/ui/skeleton.tsx';

/** Of any page with a header and a list. */
export function PageSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-busy="true" className="flex flex-col gap-6">
      <h1 className="sr-only">{label}</h1>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-3 w-20" />
        <Skeleton className="h-6 w-56" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <List />
    </div>
  );
}

/** Of a page below the header and the tabs that it shares with others. */
export function TabSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label} className="flex flex-col gap-6">
      <List />
    </div>
  );
}

function List() {
  return (
    <>
      <Skeleton className="h-8 w-72 max-w-full" />
      <div className="animate-appear rounded-lg border bg-card">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <div key={key} className="flex h-12 items-center gap-6 border-b px-4 last:border-b-0">
            <Skeleton className="w-40" />
            <Skeleton className="w-24" />
            <Skeleton className="w-32 max-md:hidden" />
          </div>
        ))}
      </div>
    </>
  );
}
