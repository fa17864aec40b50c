import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { TimeWindow } from '../../traces';
import type { ClusterMetrics } from './MeshMetrics';

/** How much each counter of an expression grew in a window, by metric and labels. */
export interface Growth {
  name: string;
  labels: Record<string, unknown>;
  count: number;
}

/**
 * How much counters grew in a window: what they say at its end less what they said
 * at its start. Counters of a program that started in between are taken whole. Two
 * questions for any number of metrics, where `increase` needs one for each.
 *
 * @param selector - of all the series
 * @param by - labels to tell apart, besides the name of the metric
 * @throws a StoreError
 */
export async function countsInWindow(
  { client }: ClusterMetrics,
  of: { selector: string; by?: string[]; window: TimeWindow },
  options: TraceReadOptions,
): Promise<Growth[]> {
  const labels = ['__name__', ...(of.by ?? [])];
  const expression = `sum by (${labels.join(', ')}) (${of.selector})`;
  const [ends, starts] = await Promise.all([
    client.at(expression, of.window.endTimeMs, options),
    client.at(expression, of.window.startTimeMs, options),
  ]);
  const keyOf = (sample: { labels: Record<string, unknown> }) =>
    JSON.stringify(labels.map(label => sample.labels[label] ?? ''));
  const before = new Map(starts.map(sample => [keyOf(sample), sample.value]));
  return ends.map(sample => {
    const start = before.get(keyOf(sample)) ?? 0;
    return {
      name: String(sample.labels.__name__ ?? ''),
      labels: sample.labels,
      count: sample.value >= start ? sample.value - start : sample.value,
    };
  });
}
