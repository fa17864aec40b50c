import {
  classicObservationsOf,
  nativeObservationsOf,
  type HistogramForm,
} from 'backstage-plugin-mesh-tracing-common';
import type { PrometheusClient } from './PrometheusClient';
import type { WindowQuestion } from './WindowQuestion';

/**
 * Which histograms hold the durations. During a change of the proxies' or the
 * server's configuration both may be there: the one with more observations counts.
 * A server that can't tell has no native ones.
 */
export async function histogramForm(
  client: PrometheusClient,
  { schema, rangeSeconds, endTimeMs, options }: Omit<WindowQuestion, 'form'>,
): Promise<HistogramForm> {
  const countOf = (expression: string) =>
    client.at(expression, endTimeMs, options).then(
      ([sample]) => sample?.value ?? 0,
      () => 0,
    );
  const [native, classic] = await Promise.all([
    countOf(nativeObservationsOf(schema, rangeSeconds)),
    countOf(classicObservationsOf(schema, rangeSeconds)),
  ]);
  return native > classic ? 'native' : 'classic';
}
