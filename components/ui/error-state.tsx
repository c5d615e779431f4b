'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import { RequestError } from '#lib/queries/fetch-json.ts';
import { cn } from '#components/cn.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

type ErrorStateProps = {
  error: unknown;
  /** What could not be done: "The tables could not be loaded." */
  title: string;
  onRetry?: () => void;
  isRetrying?: boolean;
  className?: string;
};

/** In the place where the data would be. */
export function ErrorState({ error, title, onRetry, isRetrying, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center gap-3 px-6 py-12 text-center', className)}
    >
      <TriangleAlert aria-hidden className="size-6 text-danger" />
      <div className="flex max-w-prose flex-col gap-1">
        <p className="text-lg font-semibold">{title}</p>
        <p className="text-sm text-pretty text-muted-foreground">{describe(error)}</p>
      </div>
      {onRetry && (
        <Button onClick={onRetry} pending={isRetrying ?? false}>
          <RotateCw aria-hidden />
          Retry
        </Button>
      )}
      <RequestId error={error} />
    </div>
  );
}

/** The id to name when asking for help, if the error has one. */
export function RequestId({ error }: { error: unknown }) {
  const id = error instanceof RequestError ? error.requestId : digestOf(error);
  if (id === null) return null;
  return (
    <span className="inline-flex max-w-full items-center gap-1 text-xs text-muted-foreground">
      Request ID <code className="truncate font-mono">{id}</code>
      <CopyButton text={id} label="Copy request ID" size="inline" />
    </span>
  );
}

function describe(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  return 'Something went wrong on our side. Try again; if it stays, ask your administrator and name the request ID.';
}

// Next gives errors of server components a digest instead of their message.
function digestOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null;
  return typeof error.digest === 'string' ? error.digest : null;
}
