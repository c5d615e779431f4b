/** A webhook's server, as a short name for it. @example receiverOf('https://example.com/hooks') // 'example.com' */
export function receiverOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
