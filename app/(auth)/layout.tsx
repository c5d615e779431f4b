import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-10 sm:justify-center">
      <main className="flex w-full max-w-100 flex-col gap-6">
        <Logo className="self-center" />
        {children}
      </main>
    </div>
  );
}
