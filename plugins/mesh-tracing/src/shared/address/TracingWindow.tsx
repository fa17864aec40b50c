import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import type { TimeWindow } from '../api/MeshTracingApi';
import { parseTimeRange, windowOf, type TimeRange } from './timeRange';
import { useTracingUrl } from './useTracingUrl';

/** How often views refresh by themselves, milliseconds. */
export const REFRESH_INTERVAL_MS = 15_000;

/** The window that all views of a page share, and when it moves. */
export interface TracingWindow {
  range: TimeRange;
  /** Changes with the range and with every refresh. */
  window: TimeWindow;
  /** Identifies the range, not the refresh. */
  rangeKey: string;
  /** Counts refreshes. */
  revision: number;
  /** Epoch milliseconds of the last refresh. */
  refreshedAtMs: number;
  autoRefresh: boolean;
  refresh: () => void;
  setAutoRefresh: (on: boolean) => void;
}

const TracingWindowContext = createContext<TracingWindow | undefined>(
  undefined,
);

/** Gives the views below it one time window, taken from the URL. */
export function TracingWindowProvider({ children }: { children: ReactNode }) {
  const { parameters, update } = useTracingUrl();
  const search = parameters.toString();
  const range = useMemo(
    () => parseTimeRange(new URLSearchParams(search)),
    [search],
  );
  const rangeKey = JSON.stringify(range);
  const [{ revision, refreshedAtMs }, setState] = useState(() => ({
    revision: 0,
    refreshedAtMs: Date.now(),
  }));
  const refresh = useCallback(
    () =>
      setState(state => ({
        revision: state.revision + 1,
        refreshedAtMs: Date.now(),
      })),
    [],
  );
  const autoRefresh =
    range.kind === 'relative' && parameters.get('auto') !== 'off';
  const setAutoRefresh = useCallback(
    (on: boolean) =>
      update({ auto: on ? undefined : 'off' }, { replace: true }),
    [update],
  );
  useInterval(refresh, autoRefresh);

  const value = useMemo<TracingWindow>(() => {
    const current = JSON.parse(rangeKey) as TimeRange;
    return {
      range: current,
      window: windowOf(current, refreshedAtMs),
      rangeKey,
      revision,
      refreshedAtMs,
      autoRefresh,
      refresh,
      setAutoRefresh,
    };
  }, [rangeKey, revision, refreshedAtMs, autoRefresh, refresh, setAutoRefresh]);

  return (
    <TracingWindowContext.Provider value={value}>
      {children}
    </TracingWindowContext.Provider>
  );
}

/** The shared window; throws outside of a provider. */
export function useTracingWindow(): TracingWindow {
  const value = useContext(TracingWindowContext);
  if (!value) {
    throw new Error('useTracingWindow needs a TracingWindowProvider above it');
  }
  return value;
}

/** Runs while the page is visible; a hidden page asks nothing of the backend. */
function useInterval(action: () => void, enabled: boolean) {
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        action();
      }
    }, REFRESH_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [action, enabled]);
}
