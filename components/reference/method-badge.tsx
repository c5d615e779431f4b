import { Badge, type BadgeTone } from '#components/ui/badge.tsx';

const tones: Readonly<Record<string, BadgeTone>> = {
  get: 'info',
  post: 'success',
  put: 'warning',
  delete: 'danger',
};

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={tones[method] ?? 'neutral'} className="w-15 justify-center font-mono uppercase">
      {method}
    </Badge>
  );
}
