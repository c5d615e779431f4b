'use client';

import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { UserResponse } from '#lib/contracts/auth.ts';
import { membersQuery } from '#lib/queries/members.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRow } from './member-row.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';

export function MembersPage() {
  const members = useQuery(membersQuery());
  const missingRole = useMissingRole('administrator');
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<UserResponse | null>(null);
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Settings' }]}
        title="Members"
        description="Who may sign in, and what they may do."
        primaryAction={
          <Button
            variant="primary"
            onClick={() => {
              setInviting(true);
            }}
            disabledReason={missingRole}
          >
            <UserPlus aria-hidden />
            Invite member
          </Button>
        }
      />
      {members.isError && members.data && (
        <RefreshError
          error={members.error}
          onRetry={() => void members.refetch()}
          isRetrying={members.isFetching}
        />
      )}
      <Card aria-label="Members">
        {members.isPending && (
          <div role="status" aria-label="Loading members" className="flex flex-col gap-4 p-4">
            <Skeleton className="w-64" />
            <Skeleton className="w-56" />
          </div>
        )}
        {members.isError && !members.data && (
          <ErrorState
            title="The members could not be loaded"
            error={members.error}
            onRetry={() => void members.refetch()}
            isRetrying={members.isFetching}
          />
        )}
        {members.data && (
          <Table label="Members">
            <TableHeader>
              <TableHead>Name</TableHead>
              <TableHead>Email</TableHead>
              <TableHead>Role</TableHead>
              <TableHead>Joined</TableHead>
              <TableHead className="w-10">
                <span className="sr-only">Actions</span>
              </TableHead>
            </TableHeader>
            <TableBody>
              {members.data.map((member) => (
                <MemberRow key={member.id} member={member} onRemove={setLeaving} />
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
      <InviteDialog open={isInviting} onOpenChange={setInviting} />
      <RemoveMemberDialog
        member={leaving}
        onClose={() => {
          setLeaving(null);
        }}
      />
    </>
  );
}
