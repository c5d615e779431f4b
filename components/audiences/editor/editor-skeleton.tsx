import { Skeleton } from '#components/ui/skeleton.tsx';

/** The builder's own shape. */
export function EditorSkeleton() {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label="Loading the builder"
      className="flex flex-col gap-6"
    >
      <h1 className="sr-only">Audience</h1>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-3 w-20" />
        <Skeleton className="h-6 w-56" />
      </div>
      <Skeleton className="h-8 w-96 max-w-full" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex animate-appear flex-col gap-3 rounded-lg border bg-card p-4">
          <Skeleton className="h-7 w-40" />
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
        <div className="flex animate-appear flex-col gap-3 rounded-lg border bg-card p-4">
          <Skeleton className="w-24" />
          <Skeleton className="h-7 w-32" />
        </div>
      </div>
    </div>
  );
}
