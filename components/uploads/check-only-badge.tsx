import { ClipboardCheck } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';

/** Beside the state of an upload that was only checked. */
export function CheckOnlyBadge() {
  return (
    <Badge tone="neutral">
      <ClipboardCheck aria-hidden />
      Check only
    </Badge>
  );
}
