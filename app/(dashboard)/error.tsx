'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

type ErrorPageProps = { error: unknown; retry: () => void };

export default function DashboardError({ error, retry }: ErrorPageProps) {
  return <ErrorState title="This page could not be shown" error={error} onRetry={retry} />;
}
