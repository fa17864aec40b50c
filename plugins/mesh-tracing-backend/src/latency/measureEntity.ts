import type {
  MeasuredRequests,
  RequestFigures,
  RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import { callTraceStore, readOptionsOf, sumOfRates } from '../tracestore';
import type { TimeWindow } from '../traces';

/**
 * What a store's metrics tell of an entity; undefined when it has none.
 *
 * @param services - trace service names of the entity
 * @throws what the store throws
 */
export async function measureEntity(
  store: TraceStore,
  context: EntityContext,
  of: { services: string[]; window: TimeWindow },
): Promise<MeasuredRequests | undefined> {
  const query = {
    services: of.services,
    workloads: context.match.workloads.map(({ namespace, name }) => ({
      namespace,
      name,
    })),
    ...of.window,
  };
  const options = readOptionsOf(context);
  return callTraceStore(
    store,
    async s => {
      if (s.measureRequests) {
        return s.measureRequests(query, options);
      }
      const rows = await s.requestMetrics?.(query, options);
      return rows && fromRows(s, rows);
    },
    context.signal,
  );
}

/** From a store that knows the window as a whole only. */
function fromRows(
  store: TraceStore,
  services: RequestMetricsRow[],
): MeasuredRequests {
  return {
    source: store.requestSource ?? { kind: 'other', counts: 'every-request' },
    overall: wholeOf(services),
    services,
    operations: [],
    knowsOperations: false,
    series: { stepMs: 0, points: [] },
    missing: [],
  };
}

/** Rates add up, quantiles do not. */
function wholeOf(rows: RequestMetricsRow[]): RequestFigures | null {
  const [first, ...others] = rows;
  if (!first) {
    return null;
  }
  if (others.length === 0) {
    const { callsPerSecond, errorRate, p50Us, p95Us, p99Us } = first;
    return { callsPerSecond, errorRate, p50Us, p95Us, p99Us };
  }
  return { ...sumOfRates(rows), p50Us: null, p95Us: null, p99Us: null };
}
