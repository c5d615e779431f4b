import { Braces, Eye, HardDriveUpload, Monitor, type LucideIcon } from 'lucide-react';
import type { UploadSource } from '#lib/contracts/uploads.ts';

export const sourceWords: Record<UploadSource, string> = {
  s3: 'S3',
  browser: 'Browser',
  api: 'REST API',
  bucket: 'Watched bucket',
};

const icons: Record<UploadSource, LucideIcon> = {
  s3: HardDriveUpload,
  browser: Monitor,
  api: Braces,
  bucket: Eye,
};

export function SourceLabel({ source }: { source: UploadSource }) {
  const Icon = icons[source];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className="size-3.5 text-muted-foreground" />
      {sourceWords[source]}
    </span>
  );
}
