import type { ReactNode } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';

type ConnectionValueProps = { label: string; value: string; description?: ReactNode };

/** One thing that an S3 client asks for, ready to be copied. */
export function ConnectionValue({ label, value, description }: ConnectionValueProps) {
  return (
    <ConnectionItem label={label} description={description}>
      <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{value}</code>
      <CopyButton text={value} label={`Copy ${label}`} />
    </ConnectionItem>
  );
}

type ConnectionItemProps = { label: string; description?: ReactNode; children: ReactNode };

export function ConnectionItem({ label, description, children }: ConnectionItemProps) {
  return (
    <div className="grid gap-x-3 py-1 pr-1.5 pl-3 sm:grid-cols-[10.25rem_minmax(0,1fr)]">
      <dt className="text-xs text-muted-foreground sm:flex sm:min-h-8 sm:items-center sm:self-start">
        {label}
      </dt>
      <dd className="flex min-w-0 flex-col">
        <div className="flex min-h-8 items-center gap-0.5">{children}</div>
        {description !== undefined && (
          <p className="-mt-1 pb-1.5 text-xs text-pretty text-muted-foreground">{description}</p>
        )}
      </dd>
    </div>
  );
}
