import {
  type CollectorFacts,
  equals,
  oneOf,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { TimeWindow } from '../../traces';
import { countsInWindow } from './countsInWindow';
import type { ClusterMetrics } from './MeshMetrics';

/**
 * What collectors count of spans, Jaeger 2 among them, which is one. Older ones write
 * the names without `_total`.
 * Source: OpenTelemetry Collector, internal telemetry.
 */
const COUNTERS: Record<keyof CollectorFacts, readonly string[]> = {
  accepted: ['receiver_accepted_spans'],
  refused: [
    'receiver_refused_spans',
    'receiver_failed_spans',
    'processor_refused_spans',
  ],
  sent: ['exporter_sent_spans'],
  sendFailed: ['exporter_send_failed_spans', 'exporter_enqueue_failed_spans'],
  dropped: ['processor_dropped_spans'],
};

/**
 * What all collectors of a Prometheus count in a window, together; undefined where it
 * knows none.
 *
 * @throws a StoreError
 */
export async function readCollectorCounts(
  metrics: ClusterMetrics,
  window: TimeWindow,
  options: TraceReadOptions,
): Promise<CollectorFacts | undefined> {
  const names = Object.values(COUNTERS)
    .flat()
    .flatMap(name => [`otelcol_${name}`, `otelcol_${name}_total`]);
  const site = Object.entries(metrics.config.selector ?? {}).map(
    ([label, value]) => equals(label, value),
  );
  const found = await countsInWindow(
    metrics,
    { selector: `{${[oneOf('__name__', names), ...site].join(',')}}`, window },
    options,
  );
  if (found.length === 0) {
    return undefined;
  }
  const facts: CollectorFacts = {};
  for (const [fact, counters] of Object.entries(COUNTERS)) {
    const those = found.filter(({ name }) =>
      counters.includes(name.replace(/^otelcol_/, '').replace(/_total$/, '')),
    );
    if (those.length > 0) {
      facts[fact as keyof CollectorFacts] = those.reduce(
        (all, { count }) => all + count,
        0,
      );
    }
  }
  return facts;
}
