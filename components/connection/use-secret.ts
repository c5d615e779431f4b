'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { revealSecret } from '#lib/queries/connection.ts';

const SHOWN_MILLISECONDS = 30_000;

export type Secret = {
  /** In clear while it is shown, else null. */
  readonly shown: string | null;
  readonly isRevealing: boolean;
  readonly error: Error | null;
  readonly reveal: () => void;
  readonly hide: () => void;
  /** For the clipboard: not shown, not kept. */
  readonly fetch: () => Promise<string>;
};

/** The secret of an access key: fetched when asked for, forgotten when hidden, hidden after 30 seconds. */
export function useSecret(credentialId: number): Secret {
  const { data, mutate, reset, isPending, error } = useMutation({
    mutationFn: () => revealSecret(credentialId),
    gcTime: 0,
  });
  const shown = data ?? null;

  // External system: the browser's clock.
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(reset, SHOWN_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [shown, reset]);

  return {
    shown,
    isRevealing: isPending,
    error,
    reveal: () => {
      mutate();
    },
    hide: reset,
    fetch: () => (shown === null ? revealSecret(credentialId) : Promise.resolve(shown)),
  };
}
