'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

type ErrorPageProps = { error: unknown; retry: () => void };

export default function RootError({ error, retry }: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState title="This page could not be shown" error={error} onRetry={retry} />
    </main>
  );
}
