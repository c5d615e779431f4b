import {
  defaultShouldDehydrateQuery,
  environmentManager,
  QueryClient,
} from '@tanstack/react-query';
import { RequestError } from './fetch-json.ts';

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered is not fetched again at once.
        staleTime: 15_000,
        // An answer that says "no" will say so again; only an unreachable or failing server is asked twice.
        retry: (failures, error) =>
          failures < 2 &&
          error instanceof RequestError &&
          (error.status === 0 || error.status >= 500),
      },
      dehydrate: {
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query),
      },
    },
  });
}

let browserClient: QueryClient | undefined;

/** On the server a new one for every request, or users would see each other's data; in the browser always the same. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}
