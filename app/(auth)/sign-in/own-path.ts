/** Where to go after signing in: a path of ours, never another site that a crafted link names. */
export function ownPath(next: string | string[] | undefined): string {
  const start = '/attributes';
  if (typeof next !== 'string') return start;
  const base = 'http://own.invalid';
  if (!URL.canParse(next, base)) return start;
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname === '/sign-in') return start;
  // The URL lost its dots, `/.//evil.example`, and a browser would read this as another host.
  if (url.pathname.startsWith('//')) return start;
  return url.pathname + url.search;
}
