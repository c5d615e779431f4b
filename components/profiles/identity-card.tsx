'use client';

import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '#components/format.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { IdentityResponse, ProfileResponse } from '#lib/contracts/profiles.ts';
import { identityQuery } from '#lib/queries/profiles.ts';
import { AddAliasDialog } from './add-alias-dialog.tsx';
import { AliasGraph } from './alias-graph.tsx';
import { AliasTable } from './alias-table.tsx';
import { CopyJsonButton } from './copy-json-button.tsx';
import { ProfileCard } from './profile-card.tsx';
import { RemoveAliasDialog, type AliasToRemove } from './remove-alias-dialog.tsx';
import { UserList } from './user-list.tsx';

/** Who else the customer is, and what the other tables know of them. */
export function IdentityCard({ profile }: { profile: ProfileResponse }) {
  const { tableId, customerId } = profile;
  const { data, error, refetch, isFetching } = useQuery(identityQuery({ tableId, customerId }));
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<AliasToRemove | null>(null);
  const missingRole = useMissingRole('editor');
  if (!data) {
    return (
      <Card aria-label="Aliases">
        {error ? (
          <ErrorState
            title="The aliases could not be loaded"
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        ) : (
          <div role="status" aria-label="Loading aliases" className="flex flex-col gap-4 p-4">
            <Skeleton className="w-64" />
            <Skeleton className="w-56" />
          </div>
        )}
      </Card>
    );
  }
  const rows = inOrder(data, profile);
  return (
    <>
      <Card aria-labelledby="aliases">
        <CardHeader
          titleId="aliases"
          title="Aliases"
          description={describe(data)}
          actions={
            <>
              {rows.length > 1 && <CopyJsonButton profiles={rows} label="Copy all as JSON" />}
              <Button
                onClick={() => {
                  setAdding(true);
                }}
                disabledReason={missingRole}
              >
                <Link2 aria-hidden />
                Add alias
              </Button>
            </>
          }
        />
        {(data.users.length > 1 || data.aliases.length > 0) && (
          <AliasGraph identity={data} profile={profile} />
        )}
        {data.users.length > 1 && <UserList identity={data} />}
        {data.userId !== null && data.aliases.length > 0 && (
          <AliasTable
            identity={data}
            profile={profile}
            canChange={missingRole === null}
            onRemove={setLeaving}
          />
        )}
      </Card>
      {data.profiles.map((other) => (
        <ProfileCard key={other.tableId} profile={other} />
      ))}
      <AddAliasDialog open={isAdding} onOpenChange={setAdding} profile={profile} identity={data} />
      <RemoveAliasDialog
        alias={leaving}
        onClose={() => {
          setLeaving(null);
        }}
      />
    </>
  );
}

/** As the REST API's consolidated view: the Optimizely user first. */
function inOrder({ builtIn, profiles }: IdentityResponse, profile: ProfileResponse) {
  const rank = (row: ProfileResponse) => (row.tableId === builtIn.tableId ? 0 : row.tableId);
  const found = profile.found ? [profile, ...profiles] : profiles;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

function describe({ userId, users, aliases }: IdentityResponse) {
  if (users.length === 0) return 'No Optimizely user is known to be this customer.';
  if (userId === null) return `${formatCount(users.length, 'Optimizely user')} are this customer.`;
  if (aliases.length === 0) return 'This Optimizely user is not known in any other table.';
  return (
    <>
      Who Optimizely user <code className="font-mono wrap-anywhere">{userId}</code> is in each
      table.
    </>
  );
}
