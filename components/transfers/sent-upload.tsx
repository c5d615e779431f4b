'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { UploadStateBadge } from '#components/ui/upload-state-badge.tsx';
import { uploadQuery } from '#lib/queries/uploads.ts';
import { announceTenth } from '#components/uploads/announcements.ts';
import { describeOutcome } from '#components/uploads/outcome.ts';
import { processedPercent } from '#components/uploads/processed-percent.ts';
import { ProcessingProgress } from '#components/uploads/processing-progress.tsx';

/** The second phase of a file from this browser: what the worker makes of it, live. */
export function SentUpload({ id }: { id: number }) {
  const { data: upload, error } = useQuery(uploadQuery(id));
  const link = (
    <Link
      href={`/uploads/${id}`}
      className="inline-flex min-h-6 w-fit items-center rounded-sm text-sm font-medium text-brand underline-offset-4 hover:underline"
    >
      Open upload {id}
    </Link>
  );
  if (!upload) {
    return (
      <div className="flex flex-col gap-1 text-sm">
        {error && (
          <p className="text-muted-foreground">Its state cannot be read: {error.message}</p>
        )}
        {link}
      </div>
    );
  }
  const isProcessing = upload.state === 'processing';
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <UploadStateBadge state={upload.state} />
        {link}
      </div>
      {isProcessing && <ProcessingProgress upload={upload} />}
      <p
        role="status"
        className={
          isProcessing ? 'sr-only' : 'text-sm text-pretty wrap-break-word text-muted-foreground'
        }
      >
        <span className="sr-only">{upload.fileName}: </span>
        {isProcessing
          ? announceTenth('processing', processedPercent(upload))
          : describeOutcome(upload)}
      </p>
    </div>
  );
}
