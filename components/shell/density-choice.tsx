'use client';

import { Rows3, Rows4 } from 'lucide-react';
import { useState } from 'react';
import { MenuChoice } from '#components/ui/dropdown-menu.tsx';
import { rememberInCookie } from './cookie.ts';
import { densityCookie, parseDensity, type Density } from './density.ts';

const options = [
  { value: 'comfortable', label: 'Comfortable', icon: <Rows3 aria-hidden /> },
  { value: 'compact', label: 'Compact', icon: <Rows4 aria-hidden /> },
] as const;

export function DensityChoice() {
  const [density, setDensity] = useState<Density>(() =>
    parseDensity(document.documentElement.dataset['density']),
  );
  return (
    <MenuChoice
      label="Table rows"
      options={options}
      value={density}
      onValueChange={(next: Density) => {
        setDensity(next);
        rememberInCookie(densityCookie, next);
        document.documentElement.dataset['density'] = next;
      }}
    />
  );
}
