'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { roleOptions, roleWords } from '#components/shell/roles.ts';
import { useMissingRole, useSession } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { MenuItem } from '#components/ui/dropdown-menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { UserResponse, UserRole } from '#lib/contracts/auth.ts';
import { changeMemberRole, memberKeys } from '#lib/queries/members.ts';

type MemberRowProps = { member: UserResponse; onRemove: (member: UserResponse) => void };

export function MemberRow({ member, onRemove }: MemberRowProps) {
  const queryClient = useQueryClient();
  const me = useSession();
  const missingRole = useMissingRole('administrator');
  const change = useMutation({
    mutationFn: (role: UserRole) => changeMemberRole(member.id, { role }),
    onSuccess: ({ name, role }) => {
      toast.success(`${name} is now ${roleWords[role].label.toLowerCase()}`);
    },
    onError: (error) => {
      toast.error(`The role of ${member.name} could not be changed`, error);
    },
    // Everything, because one's own role decides what the whole dashboard offers.
    onSettled: () =>
      queryClient.invalidateQueries(member.id === me.id ? {} : { queryKey: memberKeys.all }),
  });
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{member.name}</span>
          {member.id === me.id && <Badge tone="brand">You</Badge>}
        </span>
      </TableCell>
      <TableCell label="Email" className="wrap-anywhere text-muted-foreground">
        {member.email}
      </TableCell>
      <TableCell label="Role">
        {missingRole === null ? (
          <Select
            aria-label={`Role of ${member.name}`}
            options={roleOptions}
            value={change.isPending ? change.variables : member.role}
            disabled={change.isPending}
            onValueChange={(role) => {
              if (role !== member.role) change.mutate(role);
            }}
            className="w-40 pointer-coarse:text-sm"
          />
        ) : (
          roleWords[member.role].label
        )}
      </TableCell>
      <TableCell label="Joined" className="text-muted-foreground">
        <RelativeTime date={member.createdAt} />
      </TableCell>
      <TableActionsCell>
        {missingRole === null && (
          <RowMenu name={member.name}>
            <MenuItem
              icon={<UserMinus aria-hidden />}
              tone="danger"
              onClick={() => {
                onRemove(member);
              }}
            >
              Remove
            </MenuItem>
          </RowMenu>
        )}
      </TableActionsCell>
    </TableRow>
  );
}
