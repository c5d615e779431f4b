import { Badge } from '#components/ui/badge.tsx';

/** All of one width, so that what stands beside them is in line. */
export function StatusBadge({ status }: { status: number }) {
  return (
    <Badge tone={status < 300 ? 'success' : 'danger'} className="w-10 justify-center tabular-nums">
      {status}
    </Badge>
  );
}
