import { keepPreviousData, QueryCache, QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, Problem } from "./client";

type Api = typeof api;
/** The calls that only read and may be repeated. */
type Reads = { [K in keyof Api]: Api[K] extends (...a: never[]) => Promise<unknown> ? K : never }[keyof Api];

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (e) => {
      if (e instanceof Problem && e.status === 401 && window.location.pathname !== "/login") {
        window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (n, e) => n < 1 && !(e instanceof Problem && e.status >= 400 && e.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});

/** useApi reads; the key is the call itself, so two parts of a page that ask the same ask once. */
export function useApi<K extends Reads>(name: K, args: Parameters<Api[K]>, { on = true, keep = false } = {}) {
  return useQuery({
    queryKey: [name, ...args],
    queryFn: () => (api[name] as (...a: unknown[]) => ReturnType<Api[K]>)(...args) as Promise<Awaited<ReturnType<Api[K]>>>,
    enabled: on,
    // A list keeps its rows while the next page comes; a figure never shows under another's name.
    placeholderData: keep ? keepPreviousData : undefined,
  });
}

/** useDo writes, then lets everything named by stale be read again. */
export function useDo<A, R>(act: (a: A) => Promise<R>, stale: Reads[] = [], done?: (r: R, a: A) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (r, a) => {
      await Promise.all(stale.map((name) => client.invalidateQueries({ queryKey: [name] })));
      done?.(r, a);
    },
  });
}
