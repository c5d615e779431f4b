'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { useTable } from '#components/tables/use-table.ts';
import { TransferItem } from '#components/transfers/transfer-item.tsx';
import { transferQueue } from '#components/transfers/transfer-queue.ts';
import { useTransfers } from '#components/transfers/use-transfers.ts';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { LabelledCheck } from '#components/ui/labelled-check.tsx';
import { tableQuery } from '#lib/queries/tables.ts';
import { DropZone } from './drop-zone.tsx';

/** Upload from this browser: the same way in as any S3 client's, with presigned requests. */
export function UploadCard({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  const missingRole = useMissingRole('editor');
  const blockedReason = table.archived
    ? 'The table is archived. Restore it to upload to it.'
    : missingRole;
  const [checkOnly, setCheckOnly] = useState(false);
  const queryClient = useQueryClient();
  const files = useTransfers().filter((file) => file.tableId === table.id);

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
          <>
            <DropZone
              isCheckOnly={checkOnly}
              onFiles={(chosen) => {
                transferQueue.add(chosen, { table, checkOnly });
              }}
            />
            <LabelledCheck
              label="Check only"
              description="Shows what storing the files would do: rows rejected, customers created, changed and left as they are. Nothing is stored; you can store a checked file afterwards without sending it again."
            >
              <Checkbox checked={checkOnly} onCheckedChange={setCheckOnly} />
            </LabelledCheck>
          </>
        ) : (
          <p className="text-sm text-muted-foreground">{blockedReason}</p>
        )}
      </CardBody>
      {files.length > 0 && (
        <ul aria-label="Files" className="divide-y border-t">
          {files.map((file) => (
            <TransferItem
              key={file.id}
              queued={file}
              onRetry={() => {
                transferQueue.retry(file.id, readTable);
              }}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
