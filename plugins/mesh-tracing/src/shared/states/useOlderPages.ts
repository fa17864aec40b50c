import { useCallback, useMemo, useState } from 'react';
import { useLatestSignal } from './useLatestSignal';

interface State<P> {
  key: string;
  pages: P[];
  isLoading: boolean;
  error?: unknown;
}

/** The pages behind the newest one, as far as they were asked for. */
export interface OlderPages<P> {
  /** In the order in which they came. */
  pages: P[];
  isLoading: boolean;
  /** Why the last attempt brought no page; those before it stay. */
  error?: unknown;
  /** Asks for one more page, and gives up what is still under way. */
  load: (fetchPage: (signal: AbortSignal) => Promise<P>) => Promise<void>;
}

/**
 * Keeps the older pages of a list whose newest page is loaded elsewhere. A new
 * key forgets them; an answer that arrives after that is dropped.
 */
export function useOlderPages<P>(key: string): OlderPages<P> {
  const [state, setState] = useState<State<P>>(() => none(key));
  const current = useMemo(
    () => (state.key === key ? state : none<P>(key)),
    [state, key],
  );
  const { begin } = useLatestSignal(key);
  const { pages } = current;
  const load = useCallback<OlderPages<P>['load']>(
    async fetchPage => {
      const signal = begin();
      const set = (next: Partial<State<P>>) =>
        signal.aborted || setState({ key, pages, isLoading: false, ...next });
      set({ isLoading: true });
      try {
        set({ pages: [...pages, await fetchPage(signal)] });
      } catch (error) {
        set({ error });
      }
    },
    [begin, key, pages],
  );
  const { isLoading, error } = current;
  return { pages, isLoading, error, load };
}

function none<P>(key: string): State<P> {
  return { key, pages: [], isLoading: false };
}
