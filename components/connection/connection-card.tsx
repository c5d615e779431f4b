'use client';

import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { useTable } from '#components/tables/use-table.ts';
import { Button } from '#components/ui/button.tsx';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ConnectionResponse, CredentialResponse } from '#lib/contracts/credentials.ts';
import { connectionQuery } from '#lib/queries/connection.ts';
import { ConnectionInstructions } from './connection-instructions.tsx';
import { ConnectionValue } from './connection-value.tsx';
import { fullImportPath, profileNameOf } from './instructions.ts';
import { PreviousKeys } from './previous-keys.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { SecretValue } from './secret-value.tsx';
import { TestConnection } from './test-connection.tsx';
import { useSecret } from './use-secret.ts';

/** What an S3 client needs to upload to the table, and how each client wants it said. */
export function ConnectionCard({ tableId }: { tableId: number }) {
  const { name: tableName } = useTable(tableId);
  const { data, error, refetch, isFetching } = useQuery(connectionQuery(tableId));
  const [isRotating, setRotating] = useState(false);
  const missingRole = useMissingRole('editor');
  const current = data?.credentials.find(({ expiresAt }) => expiresAt === null);
  const previous = data?.credentials.filter(({ expiresAt }) => expiresAt !== null) ?? [];
  const rotationBlock =
    missingRole ??
    (previous.length > 0
      ? 'The previous keys are still valid. End them first, then rotate.'
      : null);

  return (
    <Card aria-labelledby="s3-connection" aria-busy={!data && !error}>
      <CardHeader
        titleId="s3-connection"
        title="Large CSV via S3"
        description="For batch updates with any S3 client: a file sent here is imported by itself."
        actions={
          data && (
            <Button
              disabledReason={rotationBlock}
              onClick={() => {
                setRotating(true);
              }}
            >
              <RotateCw aria-hidden />
              Rotate keys
            </Button>
          )
        }
      />
      {!data && error && (
        <ErrorState
          title="The connection could not be loaded"
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {!data && !error && <ConnectionSkeleton />}
      {data && (
        <CardBody className="gap-5">
          {error && (
            <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
          )}
          {current ? (
            <Connection
              key={current.id}
              tableId={tableId}
              tableName={tableName}
              connection={data}
              credential={current}
              previous={previous}
              blockedReason={missingRole}
            />
          ) : (
            <p className="text-sm">
              The table has no access key. Rotate the keys, and it gets a new one.
            </p>
          )}
        </CardBody>
      )}
      <RotateDialog
        tableId={tableId}
        tableName={tableName}
        open={isRotating}
        onOpenChange={setRotating}
      />
    </Card>
  );
}

type ConnectionProps = {
  tableId: number;
  tableName: string;
  connection: ConnectionResponse;
  credential: CredentialResponse;
  previous: readonly CredentialResponse[];
  blockedReason: string | null;
};

function Connection({
  tableId,
  tableName,
  connection,
  credential,
  previous,
  blockedReason,
}: ConnectionProps) {
  const secret = useSecret(credential.id);
  const { endpoint, region, bucket, s3Path } = connection;
  return (
    <>
      <dl className="divide-y rounded-md border bg-canvas">
        <ConnectionValue
          label="AWS Access Key"
          value={credential.accessKeyId}
          description={
            credential.lastUsedAt === null ? (
              'Never used.'
            ) : (
              <>
                Last used <RelativeTime date={credential.lastUsedAt} />.
              </>
            )
          }
        />
        <SecretValue secret={secret} blockedReason={blockedReason} />
        <ConnectionValue
          label="S3 Import Path"
          value={s3Path}
          description="Inside the bucket. Sub-folders are fine."
        />
        <ConnectionValue
          label="S3 Import Path with bucket"
          value={fullImportPath(connection)}
          description="As Cyberduck and other file browsers want it."
        />
        <ConnectionValue label="Endpoint" value={endpoint} />
        <ConnectionValue label="Bucket" value={bucket} />
        <ConnectionValue label="Region" value={region} />
      </dl>
      {previous.length > 0 && (
        <PreviousKeys tableId={tableId} credentials={previous} blockedReason={blockedReason} />
      )}
      <TestConnection tableId={tableId} blockedReason={blockedReason} />
      <ConnectionInstructions
        tableId={tableId}
        tableName={tableName}
        values={{
          endpoint,
          region,
          bucket,
          s3Path,
          accessKeyId: credential.accessKeyId,
          profile: profileNameOf(tableName),
        }}
        secret={secret}
        canReveal={blockedReason === null}
      />
    </>
  );
}

function ConnectionSkeleton() {
  return (
    <CardBody className="gap-5">
      <div className="divide-y rounded-md border bg-canvas">
        {['access', 'secret', 'path', 'full-path', 'endpoint', 'bucket', 'region'].map((name) => (
          <div
            key={name}
            className="grid gap-x-4 px-3 py-3 max-sm:gap-y-2 sm:grid-cols-[10.25rem_1fr]"
          >
            <Skeleton className="w-24" />
            <Skeleton className="w-48" />
          </div>
        ))}
      </div>
      <Skeleton className="h-8 w-40" />
      <Skeleton className="h-72" />
    </CardBody>
  );
}
