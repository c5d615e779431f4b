'use client';

import './globals.css';

import { ErrorState } from '#components/ui/error-state.tsx';

type GlobalErrorProps = { error: unknown; retry: () => void };

/** When not even the frame of the page could be rendered. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState title="OpenDCP could not be shown" error={error} onRetry={retry} />
        </main>
      </body>
    </html>
  );
}
