'use client';

import { Braces, Check } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/copy-button.tsx';
import type { ProfileResponse } from '#lib/contracts/profiles.ts';
import { renderProfileJson } from './render-profile-json.ts';

type CopyJsonButtonProps = {
  /** One is copied as an object, several as the array of the consolidated view. */
  profiles: readonly ProfileResponse[];
  label?: string;
};

export function CopyJsonButton({ profiles, label = 'Copy as JSON' }: CopyJsonButtonProps) {
  const { isCopied, copy } = useCopy();
  const Icon = isCopied ? Check : Braces;
  const texts = profiles.map(renderProfileJson);
  return (
    <>
      <Button
        onClick={() =>
          void copy(texts.length === 1 ? texts.join('') : `[\n${texts.join(',\n')}\n]`)
        }
      >
        <Icon aria-hidden />
        {label}
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}
