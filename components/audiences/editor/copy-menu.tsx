'use client';

import { Braces, ChevronDown, Copy, Terminal } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/copy-button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';

type CopyMenuProps = { conditions: string | null; projectId: number };

/** The conditions for other programs. */
export function CopyMenu({ conditions, projectId }: CopyMenuProps) {
  const { isCopied, copy } = useCopy();
  const text = conditions ?? '[]';
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="sm">
            <Copy aria-hidden />
            {isCopied ? 'Copied' : 'Copy'}
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuItem
          icon={<Braces aria-hidden />}
          onClick={() => void copy(JSON.stringify(JSON.parse(text), null, 2))}
        >
          Copy as JSON
        </MenuItem>
        <MenuItem
          icon={<Terminal aria-hidden />}
          onClick={() => void copy(curlOf(text, projectId))}
        >
          Copy as curl: count this
        </MenuItem>
      </DropdownMenu>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}

/** Asks the REST API for the size; the token is the reader's own. */
function curlOf(conditions: string, projectId: number): string {
  const body = JSON.stringify({ conditions });
  return [
    `curl -X POST '${window.location.origin}/experiment/v1/projects/${projectId}/audiences/size'`,
    `  -H "Token: $TOKEN"`,
    `  -H 'Content-Type: application/json'`,
    `  --data '${body.replaceAll("'", `'\\''`)}'`,
  ].join(' \\\n');
}
