'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { MenuChoice } from '#components/ui/dropdown-menu.tsx';
import { rememberInCookie } from './cookie.ts';
import { themeClass, themeCookie, type Theme } from './theme.ts';

const options = [
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const;

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  return (
    <MenuChoice
      label="Theme"
      options={options}
      value={theme}
      onValueChange={(next: Theme) => {
        setTheme(next);
        rememberInCookie(themeCookie, next);
        document.documentElement.className = themeClass(next);
      }}
    />
  );
}

// Read from the page itself: the menu opens long after hydration, so there is no server value to match.
function currentTheme(): Theme {
  const { classList } = document.documentElement;
  if (classList.contains('dark')) return 'dark';
  return classList.contains('light') ? 'light' : 'system';
}
