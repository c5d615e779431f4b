'use client';

import { Archive, ArchiveRestore, Copy, Eye, History, Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMissingRole } from '#components/shell/session.tsx';
import { MenuItem, MenuLinkItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import type { AudienceSummary } from '#lib/contracts/audiences.ts';
import { useArchiveAudience } from './use-archive-audience.ts';
import { useDuplicateAudience } from './use-duplicate-audience.ts';

type AudienceMenuProps = {
  audience: AudienceSummary;
  /** Asks before it deletes; the menu itself is gone by then. */
  onDelete: () => void;
  /** With the ways to its pages, which the page itself shows as tabs. */
  withLinks?: boolean;
};

/** What can be done with one audience, in its row and on its page. */
export function AudienceMenu({ audience, onDelete, withLinks = false }: AudienceMenuProps) {
  const router = useRouter();
  const missingRole = useMissingRole('editor');
  const archive = useArchiveAudience(audience);
  const duplicate = useDuplicateAudience((copy) => {
    router.push(`/audiences/${copy.id}/edit`);
  });
  const page = `/audiences/${audience.id}`;
  return (
    <>
      {withLinks && (
        <>
          {missingRole !== null && (
            <MenuLinkItem href={`${page}/edit`} icon={<Eye aria-hidden />}>
              Explore
            </MenuLinkItem>
          )}
          {missingRole === null && !audience.archived && (
            <MenuLinkItem href={`${page}/edit`} icon={<Pencil aria-hidden />}>
              Edit
            </MenuLinkItem>
          )}
          <MenuLinkItem href={`${page}/versions`} icon={<History aria-hidden />}>
            Versions
          </MenuLinkItem>
        </>
      )}
      <MenuItem
        icon={<Copy aria-hidden />}
        disabledReason={missingRole}
        onClick={() => {
          duplicate.mutate(audience.id);
        }}
      >
        Duplicate
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={audience.archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        disabledReason={
          missingRole ??
          (!audience.archived && audience.usedByCount > 0 ? 'Other audiences refer to it.' : null)
        }
        onClick={archive.toggle}
      >
        {audience.archived ? 'Restore' : 'Archive'}
      </MenuItem>
      <MenuItem
        tone="danger"
        icon={<Trash2 aria-hidden />}
        disabledReason={missingRole}
        onClick={onDelete}
      >
        Delete…
      </MenuItem>
    </>
  );
}
