import {
  callsOf,
  failuresOf,
  quantileOf,
  type RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';
import {
  failedShares,
  joinMeasures,
  QUANTILES,
  type MetricsValue,
} from '../metrics/RequestMeasures';
import type { PrometheusClient, Sample } from './PrometheusClient';
import type { WindowQuestion } from './WindowQuestion';

/** Operations of a table, the busiest. */
const MOST_OPERATIONS = 100;

/** A row for each service, or for each operation of each. */
export async function readRows(
  client: PrometheusClient,
  question: WindowQuestion,
  byOperation: boolean,
): Promise<RequestMetricsRow[]> {
  const { schema, rangeSeconds, endTimeMs, options } = question;
  const { serviceLabels, operationLabel } = schema;
  const label = byOperation ? operationLabel : undefined;
  const by = label ? [...serviceLabels, label] : serviceLabels;
  const ask = async (expression: string) =>
    (await client.at(expression, endTimeMs, options)).flatMap(sample =>
      valueOf(sample, serviceLabels, label),
    );
  const all = callsOf(schema, by, rangeSeconds);
  const [calls, failures, ...quantiles] = await Promise.all([
    ask(label ? `topk(${MOST_OPERATIONS}, ${all})` : all),
    ask(failuresOf(schema, by, rangeSeconds)),
    ...QUANTILES.map(async quantile =>
      ask(
        quantileOf(schema, quantile, by, {
          form: await question.form(),
          range: rangeSeconds,
        }),
      ),
    ),
  ]);
  const rows = joinMeasures({
    calls,
    errors: failedShares(calls, failures, (failed, of) => failed / of),
    quantilesUs: QUANTILES.map((quantile, i) => ({
      quantile,
      values: (quantiles[i] ?? []).map(item => ({
        ...item,
        value: item.value * schema.unitUs,
      })),
    })),
  });
  // Durations of operations that are not among the busiest have no rate beside them.
  return label ? rows.filter(row => row.callsPerSecond !== null) : rows;
}

function valueOf(
  { labels, value }: Sample,
  serviceLabels: string[],
  operationLabel: string | undefined,
): MetricsValue[] {
  const parts = serviceLabels.map(label => labels[label]);
  if (parts.some(part => !part)) {
    return [];
  }
  const operation = operationLabel && labels[operationLabel];
  return [
    {
      service: parts.join('.'),
      ...(operation ? { operation: String(operation) } : {}),
      value,
    },
  ];
}
