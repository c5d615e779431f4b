export interface BookmarkOptions {
  readonly nickname: string;
  /** Base address of the S3 endpoint. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly s3Path: string;
  readonly accessKeyId: string;
}

/**
 * A bookmark file of Cyberduck: everything but the secret, which Cyberduck asks for and keeps itself.
 * Plain HTTP goes by Cyberduck's profile "S3 (HTTP)"; buckets stand in the path, never in the host name.
 */
export function renderBookmark(options: BookmarkOptions): string {
  const url = new URL(options.endpoint);
  const isPlain = url.protocol === 'http:';
  const entries: readonly (readonly [string, string])[] = [
    ['Protocol', 's3'],
    ['Provider', isPlain ? 's3-http' : 'iterate GmbH'],
    ['Nickname', options.nickname],
    ['Hostname', url.hostname.replace(/^\[|\]$/g, '')],
    ['Port', url.port || (isPlain ? '80' : '443')],
    ['Username', options.accessKeyId],
    ['Path', `/${options.bucket}/${options.s3Path}`],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    ...entries.map(([key, value]) => renderEntry(key, value)),
    '  <key>Custom</key>',
    '  <dict>',
    renderEntry('s3.bucket.virtualhost.disable', 'true'),
    '  </dict>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}

function renderEntry(key: string, value: string): string {
  return `  <key>${escapeXml(key)}</key>\n  <string>${escapeXml(value)}</string>`;
}

function escapeXml(text: string): string {
  return (
    text
      // Characters that XML 1.0 cannot hold, not even as references.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
