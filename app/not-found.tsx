import type { Metadata } from 'next';
import { NotFound } from '#components/shell/not-found.tsx';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFound title="Page not found">
        There is nothing at this address. The link may be old or mistyped.
      </NotFound>
    </main>
  );
}
