'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { TokenResponse } from '#lib/contracts/tokens.ts';
import { tokensQuery } from '#lib/queries/tokens.ts';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import { TokenRow } from './token-row.tsx';

export function TokensPage() {
  const tokens = useQuery(tokensQuery());
  const [isCreating, setCreating] = useState(false);
  const [leaving, setLeaving] = useState<TokenResponse | null>(null);
  const create = (
    <Button
      variant="primary"
      onClick={() => {
        setCreating(true);
      }}
    >
      <Plus aria-hidden />
      Create token
    </Button>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Settings' }]}
        title="API tokens"
        description="Classic tokens with which programs use the REST API, in the header “Token”."
        primaryAction={create}
      />
      {tokens.isError && tokens.data && (
        <RefreshError
          error={tokens.error}
          onRetry={() => void tokens.refetch()}
          isRetrying={tokens.isFetching}
        />
      )}
      <Card aria-label="API tokens">
        {tokens.isPending && (
          <div role="status" aria-label="Loading API tokens" className="flex flex-col gap-4 p-4">
            <Skeleton className="w-64" />
            <Skeleton className="w-56" />
          </div>
        )}
        {tokens.isError && !tokens.data && (
          <ErrorState
            title="The API tokens could not be loaded"
            error={tokens.error}
            onRetry={() => void tokens.refetch()}
            isRetrying={tokens.isFetching}
          />
        )}
        {tokens.data?.length === 0 && (
          <EmptyState icon={<KeyRound />} title="No API tokens yet" actions={create}>
            A token lets a connector, a loader or a script read and write tables, attributes and
            customer profiles, with no more rights than you give it.
          </EmptyState>
        )}
        {tokens.data && tokens.data.length > 0 && (
          <TokenTable tokens={tokens.data} onRevoke={setLeaving} />
        )}
      </Card>
      <CreateTokenDialog open={isCreating} onOpenChange={setCreating} />
      <RevokeTokenDialog
        token={leaving}
        onClose={() => {
          setLeaving(null);
        }}
      />
    </>
  );
}

type TokenTableProps = {
  tokens: readonly TokenResponse[];
  onRevoke: (token: TokenResponse) => void;
};

function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  return (
    <Table label="API tokens">
      <TableHeader>
        <TableHead>Name</TableHead>
        <TableHead>Rights</TableHead>
        <TableHead>Owner</TableHead>
        <TableHead>Last used</TableHead>
        <TableHead>Expires</TableHead>
        <TableHead className="w-10">
          <span className="sr-only">Actions</span>
        </TableHead>
      </TableHeader>
      <TableBody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={onRevoke} />
        ))}
      </TableBody>
    </Table>
  );
}
