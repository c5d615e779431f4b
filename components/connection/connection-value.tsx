import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';

type ConnectionValueProps = {
  label: string;
  value: string;
  description?: ReactNode;
  className?: string;
};

/** One thing that an S3 client asks for, ready to be copied. */
export function ConnectionValue({ label, value, description, className }: ConnectionValueProps) {
  return (
    <ConnectionItem label={label} description={description} {...(className ? { className } : {})}>
      <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{value}</code>
      <CopyButton text={value} label={`Copy ${label}`} className="-my-1" />
    </ConnectionItem>
  );
}

type ConnectionItemProps = {
  label: string;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
};

export function ConnectionItem({ label, description, children, className }: ConnectionItemProps) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-1 sm:col-span-6', className)}>
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-1">
        <div className="flex min-h-8 items-center gap-1 rounded-md border bg-canvas py-1 pr-1 pl-2.5">
          {children}
        </div>
        {description !== undefined && (
          <p className="text-xs text-pretty text-muted-foreground">{description}</p>
        )}
      </dd>
    </div>
  );
}
