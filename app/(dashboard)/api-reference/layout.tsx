import type { ReactNode } from 'react';
import { TokenProvider } from '#components/reference/token-provider.tsx';

export default function ApiReferenceLayout({ children }: { children: ReactNode }) {
  return <TokenProvider>{children}</TokenProvider>;
}
