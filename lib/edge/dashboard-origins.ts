import type { Config } from '../config/config.ts';

/** Origins of the dashboard's pages, which send files from the browser straight to the S3 endpoint. */
export function dashboardOrigins({ publicUrl, host, port }: Config): string[] {
  const urls = [publicUrl, ...[host, 'localhost', '127.0.0.1'].map((name) => toUrl(name, port))];
  const origins = urls.flatMap((url) =>
    url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [],
  );
  return [...new Set(origins)];
}

function toUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
