import { Card } from '#components/ui/card.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

export function ProfileSkeleton() {
  return (
    <Card aria-busy aria-label="Loading the profile">
      <div className="flex flex-col gap-2 border-b px-4 py-3">
        <Skeleton className="w-40" />
        <Skeleton className="w-72 max-w-full" />
      </div>
      {['a', 'b', 'c', 'd'].map((name) => (
        <div key={name} className="flex gap-6 border-b px-4 py-2.5 last:border-b-0">
          <Skeleton className="w-48" />
          <Skeleton className="w-24 max-md:hidden" />
          <Skeleton className="w-40" />
        </div>
      ))}
    </Card>
  );
}
