/**
 * Origins under which browsers reach this dashboard: PUBLIC_URL alone where it is set, else the
 * host that the request names (either scheme, because a proxy may speak TLS for us).
 */
export function ownOrigins(headers: Headers, publicUrl: string | undefined): string[] {
  if (publicUrl !== undefined) return [new URL(publicUrl).origin];
  const host = headers.get('host');
  if (host === null) return [];
  return [`http://${host}`, `https://${host}`]
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin);
}
