'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { useTable } from '#components/tables/use-table.ts';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { tableQuery } from '#lib/queries/tables.ts';
import { DropZone } from './drop-zone.tsx';
import type { QueuedFile } from './queued-file.ts';
import { TransferItem } from './transfer-item.tsx';
import { uploadQueueOf } from './upload-queue.ts';

const noFiles: readonly QueuedFile[] = [];

/** Upload from this browser: the same way in as any S3 client's, with a presigned request. */
export function UploadCard({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  const missingRole = useMissingRole('editor');
  const blockedReason = table.archived
    ? 'The table is archived. Restore it to upload to it.'
    : missingRole;
  const queryClient = useQueryClient();
  const queue = uploadQueueOf(table.id);
  const files = useSyncExternalStore(queue.subscribe, queue.getFiles, () => noFiles);

  /** The attributes may have been mended since, here or by a colleague. */
  function readTable() {
    return queryClient.query({ ...tableQuery(table.id), staleTime: 0 }).catch(() => table);
  }

  return (
    <Card aria-labelledby="browser-upload">
      <CardHeader
        titleId="browser-upload"
        title="Upload from this browser"
        description="Each row is an update: it sets the attributes it names and leaves the others."
      />
      <CardBody>
        {blockedReason === null ? (
          <DropZone
            onFiles={(chosen) => {
              queue.add(chosen, table);
            }}
          />
        ) : (
          <p className="text-sm text-muted-foreground">{blockedReason}</p>
        )}
      </CardBody>
      {files.length > 0 && (
        <ul aria-label="Files" className="divide-y border-t">
          {files.map((queued) => (
            <TransferItem
              key={queued.id}
              queued={queued}
              tableId={table.id}
              onCancel={() => {
                queue.cancel(queued.id);
              }}
              onRetry={() => {
                queue.retry(queued.id, readTable);
              }}
              onDismiss={() => {
                queue.dismiss(queued.id);
              }}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
