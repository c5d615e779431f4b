'use client';

import { Ban } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { MenuItem } from '#components/ui/dropdown-menu.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import type { TokenResponse } from '#lib/contracts/tokens.ts';
import { describeScopes } from './scope-words.ts';

type TokenRowProps = { token: TokenResponse; onRevoke: (token: TokenResponse) => void };

export function TokenRow({ token, onRevoke }: TokenRowProps) {
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10">
        <span className="flex flex-col">
          <span className="font-medium wrap-anywhere">{token.name}</span>
          <code className="font-mono text-xs text-muted-foreground">{token.prefix}…</code>
        </span>
      </TableCell>
      <TableCell label="Rights" className="text-muted-foreground">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 as-cards:justify-end">
          {describeScopes(token.scopes)}
          {token.service && <Badge tone="outline">{token.service.name}</Badge>}
        </span>
      </TableCell>
      <TableCell label="Owner" className="wrap-anywhere text-muted-foreground">
        {token.owner.name}
      </TableCell>
      <TableCell label="Last used" className="text-muted-foreground">
        {token.lastUsedAt === null ? 'Never' : <RelativeTime date={token.lastUsedAt} />}
      </TableCell>
      <TableCell label="Expires" className="text-muted-foreground">
        <Expiry expiresAt={token.expiresAt} />
      </TableCell>
      <TableActionsCell>
        <RowMenu name={token.name}>
          <MenuItem
            icon={<Ban aria-hidden />}
            tone="danger"
            onClick={() => {
              onRevoke(token);
            }}
          >
            Revoke
          </MenuItem>
        </RowMenu>
      </TableActionsCell>
    </TableRow>
  );
}

function Expiry({ expiresAt }: { expiresAt: string | null }) {
  if (expiresAt === null) return <>Never</>;
  if (new Date(expiresAt) <= new Date()) return <Badge tone="danger">Expired</Badge>;
  return <RelativeTime date={expiresAt} />;
}
