const year = 365 * 24 * 60 * 60;

/** For what the server must know before it renders, so that nothing flashes. Never for secrets. */
export function rememberInCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax`;
}
