'use client';

import { useSyncExternalStore } from 'react';

/** Whether shortcuts go by ⌘ rather than by Ctrl; the server takes Ctrl for granted. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
