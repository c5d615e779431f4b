import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './globals.css';

import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { densityCookie, parseDensity } from '#components/shell/density.ts';
import { Providers } from '#components/shell/providers.tsx';
import { parseTheme, themeClass, themeCookie } from '#components/shell/theme.ts';

export const metadata: Metadata = {
  title: { template: '%s · OpenDCP', default: 'OpenDCP' },
  description: 'Customer profiles from many tables, on your own machines.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const stored = await cookies();
  const theme = parseTheme(stored.get(themeCookie)?.value);
  const density = parseDensity(stored.get(densityCookie)?.value);
  return (
    <html lang="en" className={themeClass(theme)} data-density={density}>
      <body>
        <div className="isolate">
          <Providers nonce={nonce}>{children}</Providers>
        </div>
      </body>
    </html>
  );
}
