/** Where a webhook goes, for logs and the audit trail: paths and queries may hold secrets of the receiver. */
export function describeReceiver(url: string): string {
  return new URL(url).origin;
}
