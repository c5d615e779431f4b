import { Download } from 'lucide-react';
import Link from 'next/link';
import { formatNumber } from '#components/format.ts';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { RejectGroups } from './reject-groups.tsx';
import { RejectedRows } from './rejected-rows.tsx';

/** Everything about the rows that were not accepted, and the way to mend them. */
export function RejectsCard({ upload }: { upload: UploadResponse }) {
  return (
    <Card aria-labelledby="rejects">
      <CardHeader
        titleId="rejects"
        title={`Rejected rows (${formatNumber(upload.rowsRejected)})`}
        description={
          <>
            Download them, mend them in place and{' '}
            <Link
              href={`/attributes/${upload.tableId}/upload`}
              className="font-medium text-brand underline underline-offset-4"
            >
              upload that file
            </Link>
            : its <code className="font-mono text-xs">error_</code> columns are ignored, and
            accepted rows need not be sent again.
          </>
        }
        actions={
          <a
            href={`/api/uploads/${upload.id}/rejects.csv`}
            download
            className={buttonStyles({ variant: 'primary' })}
          >
            <Download aria-hidden />
            Download rejects as CSV
          </a>
        }
      />
      <h3 className="px-4 pt-3 text-sm">Reasons</h3>
      <RejectGroups tableId={upload.tableId} groups={upload.rejectGroups} />
      <h3 className="border-t px-4 pt-3 text-sm">Rows</h3>
      <RejectedRows upload={upload} />
    </Card>
  );
}
