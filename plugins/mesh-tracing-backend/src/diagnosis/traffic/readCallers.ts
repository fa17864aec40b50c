import {
  equals,
  oneOf,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { TimeWindow } from '../../traces';
import type { ClusterMetrics } from './MeshMetrics';

/** Who sends requests to a workload, as Istio's metrics name it. */
export interface Caller {
  /** `unknown` for one without a proxy. */
  name: string;
  namespace: string;
  count: number;
}

/**
 * Who sends the requests of a window, most first; undefined where the metrics know no
 * workload at all.
 * Source: Istio, "Istio Standard Metrics".
 *
 * @throws a StoreError
 */
export async function readCallers(
  { client, config }: ClusterMetrics,
  of: { workload: Workload; window: TimeWindow },
  options: TraceReadOptions,
): Promise<Caller[] | undefined> {
  const { endTimeMs, startTimeMs } = of.window;
  const seconds = Math.max(60, Math.round((endTimeMs - startTimeMs) / 1_000));
  const site = [
    oneOf('reporter', ['destination', 'waypoint']),
    ...Object.entries(config.selector ?? {}).map(([label, value]) =>
      equals(label, value),
    ),
  ];
  const own = [
    ...site,
    equals('destination_workload', of.workload.name),
    equals('destination_workload_namespace', of.workload.namespace),
  ];
  const found = await client.at(
    `sum by (source_workload, source_workload_namespace) (increase(istio_requests_total{${own.join(
      ',',
    )}}[${seconds}s]))`,
    endTimeMs,
    options,
  );
  if (found.length === 0) {
    const any = await client.at(
      `count(istio_requests_total{${site.join(',')}})`,
      endTimeMs,
      options,
    );
    return any.length > 0 ? [] : undefined;
  }
  return found
    .map(({ labels, value }) => ({
      name: String(labels.source_workload ?? 'unknown'),
      namespace: String(labels.source_workload_namespace ?? 'unknown'),
      count: value,
    }))
    .sort((a, b) => b.count - a.count);
}
