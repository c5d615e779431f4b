'use client';

import { Unlink } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import {
  Table,
  TableActionsCell,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { Alias, IdentityResponse, ProfileResponse } from '#lib/contracts/profiles.ts';
import { profileAddress } from './profile-address.ts';
import type { AliasToRemove } from './remove-alias-dialog.tsx';

type AliasTableProps = {
  identity: IdentityResponse;
  /** The row that was looked up. */
  profile: ProfileResponse;
  canChange: boolean;
  onRemove: (alias: AliasToRemove) => void;
};

export function AliasTable({ identity, profile, canChange, onRemove }: AliasTableProps) {
  const { builtIn, userId, aliases } = identity;
  if (userId === null) return null;
  const user: Alias = { ...builtIn, customerId: userId };
  const known = new Set([profile, ...identity.profiles].filter((row) => row.found).map(idOf));
  return (
    <Table label="Aliases">
      <TableHeader>
        <TableHead className="w-64">Table</TableHead>
        <TableHead>Customer ID</TableHead>
        <TableHead className="w-10">
          <span className="sr-only">Actions</span>
        </TableHead>
      </TableHeader>
      <TableBody>
        {[user, ...aliases].map((alias) => (
          <TableRow key={alias.tableId}>
            <TableCell isTitle className="font-medium wrap-anywhere as-cards:pr-10">
              {alias.tableName}
            </TableCell>
            <TableCell label="Customer ID">
              <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1 as-cards:justify-end">
                {alias.tableId === profile.tableId ? (
                  <>
                    <ExactText text={alias.customerId} className="font-mono" />
                    <Badge tone="brand">Shown</Badge>
                  </>
                ) : (
                  <Link
                    href={profileAddress(alias)}
                    className="rounded-sm text-brand underline-offset-4 hover:underline"
                  >
                    <ExactText text={alias.customerId} className="font-mono" />
                  </Link>
                )}
                <CopyButton
                  text={alias.customerId}
                  label={`Copy customer ID in ${alias.tableName}`}
                  size="inline"
                />
                {!known.has(alias.tableId) && <Badge tone="outline">No row there</Badge>}
              </span>
            </TableCell>
            <TableActionsCell>
              {canChange && alias !== user && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Remove the alias in ${alias.tableName}`}
                  className="text-muted-foreground"
                  onClick={() => {
                    onRemove({ ...alias, userId });
                  }}
                >
                  <Unlink aria-hidden />
                </Button>
              )}
            </TableActionsCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function idOf({ tableId }: ProfileResponse): number {
  return tableId;
}
