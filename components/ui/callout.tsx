import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';

const looks = {
  info: { className: 'border-info/30 bg-info-subtle', icon: Info, iconClassName: 'text-info' },
  warning: {
    className: 'border-warning/30 bg-warning-subtle',
    icon: TriangleAlert,
    iconClassName: 'text-warning',
  },
  danger: {
    className: 'border-danger/30 bg-danger-subtle',
    icon: CircleAlert,
    iconClassName: 'text-danger',
  },
  neutral: { className: 'bg-canvas', icon: Info, iconClassName: 'text-muted-foreground' },
} as const;

type CalloutProps = {
  tone?: keyof typeof looks;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** `alert` or `status` when it appears while the page is open. */
  role?: 'alert' | 'status';
  className?: string;
};

export function Callout({
  tone = 'info',
  title,
  children,
  actions,
  role,
  className,
}: CalloutProps) {
  const look = looks[tone];
  const Icon = look.icon;
  return (
    <div
      role={role}
      className={cn(
        'flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm',
        look.className,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', look.iconClassName)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-56 flex-col gap-0.5 text-pretty wrap-break-word">
          {title !== undefined && <p className="font-medium">{title}</p>}
          {children !== undefined && <div>{children}</div>}
        </div>
        {actions !== undefined && <div className="flex shrink-0 gap-2">{actions}</div>}
      </div>
    </div>
  );
}
