'use client';

import { Braces, Check } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/copy-button.tsx';
import type { ProfileResponse } from '#lib/contracts/profiles.ts';
import { renderProfileJson } from './render-profile-json.ts';

export function CopyJsonButton({ profile }: { profile: ProfileResponse }) {
  const { isCopied, copy } = useCopy();
  const Icon = isCopied ? Check : Braces;
  return (
    <>
      <Button onClick={() => void copy(renderProfileJson(profile))}>
        <Icon aria-hidden />
        Copy as JSON
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}
