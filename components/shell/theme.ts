const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'opendcp-theme';

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

/** Class of <html>; without one the browser's preference decides (see globals.css). */
export function themeClass(theme: Theme): string {
  return theme === 'system' ? '' : theme;
}
