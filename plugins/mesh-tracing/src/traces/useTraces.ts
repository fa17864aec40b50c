import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  TraceCoverageView,
  TracesQuery,
  TracesResponse,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { useLoad, type Load } from '../shared/states/useLoad';
import { joinCoverage } from './coverage/joinCoverage';

/** The traces of a window, and the way to older ones. */
export interface LoadedTraces {
  load: Load<TracesResponse>;
  traces: TraceSummary[];
  coverage?: TraceCoverageView;
  /** Present when older traces exist. */
  loadOlder?: () => void;
  loadingOlder: boolean;
  olderError?: unknown;
}

interface OlderPages {
  key: string;
  pages: TracesResponse[];
  loading: boolean;
  error?: unknown;
}

/** Loads the newest traces, and older slices of the window when asked to. */
export function useTraces(
  entityRef: CompoundEntityRef,
  query: TracesQuery,
): LoadedTraces {
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision, setAutoRefresh } = useTracingWindow();
  const key = JSON.stringify([entityRef, rangeKey, query]);
  const load = useLoad(
    key,
    signal => api.getTraces(entityRef, { ...query, ...window }, { signal }),
    revision,
  );
  const pageKey = `${key} ${revision}`;
  const [older, setOlder] = useState<OlderPages>({
    key: pageKey,
    pages: [],
    loading: false,
  });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), [pageKey]);
  const current =
    older.key === pageKey ? older : { key: pageKey, pages: [], loading: false };

  const { value } = load;
  const { pages } = current;
  const traces = useMemo(
    () => distinct([value, ...pages].flatMap(page => page?.traces ?? [])),
    [value, pages],
  );
  const coverage = value && joinCoverage([value, ...pages], traces.length);

  const fetchOlder = async (oldestMs: number) => {
    setAutoRefresh(false);
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    const set = (next: Partial<OlderPages>) =>
      !signal.aborted &&
      setOlder({ key: pageKey, pages, loading: false, ...next });
    set({ loading: true });
    try {
      const page = await api.getTraces(
        entityRef,
        { ...query, ...window, endTimeMs: Math.floor(oldestMs) },
        { signal },
      );
      set({ pages: [...pages, page] });
    } catch (error) {
      set({ error });
    }
  };
  const oldestMs = coverage?.complete ? undefined : coverage?.oldestStartTimeMs;
  return {
    load,
    traces,
    coverage,
    loadOlder:
      oldestMs === undefined ? undefined : () => void fetchOlder(oldestMs),
    loadingOlder: current.loading,
    olderError: 'error' in current ? current.error : undefined,
  };
}

function distinct(traces: TraceSummary[]): TraceSummary[] {
  return [...new Map(traces.map(trace => [trace.traceId, trace])).values()];
}
