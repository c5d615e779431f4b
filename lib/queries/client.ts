import { environmentManager, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RequestError } from './fetch-json.ts';

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      // A server on this machine answers without a network; one that cannot be reached must say so, not wait.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        // What the server rendered is not fetched again at once.
        staleTime: 15_000,
        // An answer that says "no" will say so again; only an unreachable or failing server is asked twice.
        retry: (failures, error) =>
          failures < 2 &&
          error instanceof RequestError &&
          (error.status === 0 || error.status >= 500),
      },
    },
  });
}

/** The session ended while the page was open: sign in, and come back to the same view. */
function leaveWhenSignedOut(error: Error): void {
  if (!(error instanceof RequestError) || error.status !== 401) return;
  const { pathname, search } = window.location;
  if (pathname === '/sign-in') return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

let browserClient: QueryClient | undefined;

/** On the server a new one for every request, or users would see each other's data; in the browser always the same. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}
