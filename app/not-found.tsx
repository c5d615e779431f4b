import type { Metadata } from 'next';
import { Logo } from '#components/shell/logo.tsx';
import { NotFound } from '#components/shell/not-found.tsx';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-canvas py-10">
      <Logo />
      <NotFound title="Page not found">
        There is nothing at this address. The link may be old or mistyped.
      </NotFound>
    </main>
  );
}
