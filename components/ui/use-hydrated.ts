'use client';

import { useSyncExternalStore } from 'react';

/**
 * False on the server and while the browser takes over its HTML, then true. For what the two may see
 * differently, such as whether a query is being fetched again, which depends on their clocks.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
