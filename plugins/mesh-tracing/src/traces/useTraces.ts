import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  TraceCoverageView,
  TracesQuery,
  TracesResponse,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { useLoad, type Load } from '../shared/states/useLoad';
import { useOlderPages } from '../shared/states/useOlderPages';
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
  const older = useOlderPages<TracesResponse>(`${key} ${revision}`);
  const { value } = load;
  const { pages } = older;
  const traces = useMemo(
    () => distinct([value, ...pages].flatMap(page => page?.traces ?? [])),
    [value, pages],
  );
  const coverage = value && joinCoverage([value, ...pages], traces.length);

  const loadOlder = (endTimeMs: number) => {
    setAutoRefresh(false);
    void older.load(signal =>
      api.getTraces(entityRef, { ...query, ...window, endTimeMs }, { signal }),
    );
  };
  const continueAtMs = nextEndOf([value, ...pages].flatMap(page => page ?? []));
  return {
    load,
    traces,
    coverage,
    loadOlder:
      continueAtMs === undefined ? undefined : () => loadOlder(continueAtMs),
    loadingOlder: older.isLoading,
    olderError: older.error,
  };
}

/**
 * Where the next older page ends: exactly where the backend says, as a whole
 * millisecond may hold more traces than a page. Undefined where nothing is older,
 * or the last page came no further than the one before.
 */
function nextEndOf(pages: TracesResponse[]): number | undefined {
  const last = pages.at(-1);
  if (!last || last.coverage.complete) {
    return undefined;
  }
  const { continueAtMs, oldestStartTimeMs } = last.coverage;
  const nextMs =
    continueAtMs ??
    (oldestStartTimeMs === undefined
      ? undefined
      : Math.floor(oldestStartTimeMs));
  return nextMs !== undefined && nextMs < last.endTimeMs ? nextMs : undefined;
}

function distinct(traces: TraceSummary[]): TraceSummary[] {
  return [...new Map(traces.map(trace => [trace.traceId, trace])).values()];
}
