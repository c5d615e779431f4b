import { EyeOff } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';

export function MutedBadge() {
  return (
    <Badge>
      <EyeOff aria-hidden />
      Muted, not counted
    </Badge>
  );
}
