import {
  callsOf,
  failuresOf,
  quantileOf,
  samplesOf,
  type MeasuredRequests,
  type RequestFigures,
  type RequestMetricsRow,
  type RequestPart,
  type RequestPoint,
} from 'backstage-plugin-mesh-tracing-common';
import type { RequestMetricsQuery } from 'backstage-plugin-mesh-tracing-node';
import type { PrometheusConfig } from '../config/PrometheusConfig';
import {
  lacksDurations,
  QUANTILES,
  sumOfRates,
} from '../metrics/RequestMeasures';
import { seriesSteps, type SeriesSteps } from '../metrics/seriesSteps';
import type { PrometheusClient } from './PrometheusClient';
import { readRows } from './readRows';
import { sourceOf } from './sourceOf';
import type { WindowQuestion } from './WindowQuestion';

/** Readings that a rate needs, to be more than the difference of two of them. */
const READINGS_OF_RATE = 4;
/** Looked at to learn how often the counters are read, seconds. */
const RESOLUTION_RANGE_SECONDS = 300;
const LEAST_RATE_SECONDS = 60;

/** Asks for everything that one window of the latency view shows. */
export async function measureRequests(
  client: PrometheusClient,
  of: { query: RequestMetricsQuery; config: PrometheusConfig },
  question: WindowQuestion | undefined,
): Promise<MeasuredRequests> {
  const source = sourceOf(of.config);
  const steps = seriesSteps(of.query);
  if (!question) {
    return {
      source,
      overall: null,
      services: [],
      operations: [],
      knowsOperations: true,
      series: { stepMs: steps.stepMs, points: [] },
      missing: [],
    };
  }
  const label = question.schema.operationLabel;
  const [services, resolutionMs] = await Promise.all([
    readRows(client, question, false),
    resolutionOf(client, question),
  ]);
  const [overall, points, operations] = await Promise.allSettled([
    wholeOf(client, question, services),
    readSeries(client, question, { ...steps, resolutionMs }),
    label ? readRows(client, question, true) : [],
  ]);
  question.options?.signal?.throwIfAborted();
  if (overall.status === 'rejected') {
    throw overall.reason;
  }
  const rows = operations.status === 'fulfilled' ? operations.value : [];
  const named = rows.filter(({ operation }) => operation !== undefined);
  const missing: RequestPart[] = [];
  if (points.status === 'rejected') {
    missing.push('series');
  }
  if (operations.status === 'rejected') {
    missing.push('operations');
  }
  if (lacksDurations(services)) {
    missing.push('durations');
  }
  return {
    source,
    overall: overall.value,
    services,
    operations: named,
    knowsOperations:
      label !== undefined && (rows.length === 0 || named.length > 0),
    series: {
      stepMs: steps.stepMs,
      points: points.status === 'fulfilled' ? points.value : [],
    },
    ...(resolutionMs === undefined ? {} : { resolutionMs }),
    missing,
  };
}

/** Rates add up; quantiles of all together have to be asked for. */
async function wholeOf(
  client: PrometheusClient,
  question: WindowQuestion,
  services: RequestMetricsRow[],
): Promise<RequestFigures | null> {
  const [only, ...others] = services;
  if (!only) {
    return null;
  }
  if (others.length === 0) {
    const { callsPerSecond, errorRate, p50Us, p95Us, p99Us } = only;
    return { callsPerSecond, errorRate, p50Us, p95Us, p99Us };
  }
  const { schema, rangeSeconds, endTimeMs, options } = question;
  const form = await question.form();
  const [p50Us = null, p95Us = null, p99Us = null] = await Promise.all(
    QUANTILES.map(async quantile => {
      const [sample] = await client.at(
        quantileOf(schema, quantile, [], { form, range: rangeSeconds }),
        endTimeMs,
        options,
      );
      return sample ? sample.value * schema.unitUs : null;
    }),
  );
  return { ...sumOfRates(services), p50Us, p95Us, p99Us };
}

/** How often the counters are read; undefined where the window's end has none. */
async function resolutionOf(
  client: PrometheusClient,
  { schema, endTimeMs, options }: WindowQuestion,
): Promise<number | undefined> {
  const [sample] = await client
    .at(samplesOf(schema, RESOLUTION_RANGE_SECONDS), endTimeMs, options)
    .catch(() => []);
  return sample && sample.value > 0
    ? (RESOLUTION_RANGE_SECONDS * 1000) / sample.value
    : undefined;
}

async function readSeries(
  client: PrometheusClient,
  question: WindowQuestion,
  of: SeriesSteps & { resolutionMs: number | undefined },
): Promise<RequestPoint[]> {
  const { schema, options } = question;
  const { stepMs, endsMs, resolutionMs = 0 } = of;
  const form = await question.form();
  const rangeSeconds = Math.max(
    LEAST_RATE_SECONDS,
    Math.ceil(stepMs / 1000),
    Math.ceil((READINGS_OF_RATE * resolutionMs) / 1000),
  );
  const moments = {
    firstMs: endsMs[0] ?? 0,
    lastMs: endsMs.at(-1) ?? 0,
    stepMs,
  };
  const ask = (expression: string) => client.over(expression, moments, options);
  const [calls, failures, ...quantiles] = await Promise.all([
    ask(callsOf(schema, [], rangeSeconds)),
    ask(failuresOf(schema, [], rangeSeconds)),
    ...QUANTILES.map(quantile =>
      ask(quantileOf(schema, quantile, [], { form, range: rangeSeconds })),
    ),
  ]);
  return endsMs.map(endMs => {
    const rate = calls.get(endMs) ?? null;
    const [p50Us = null, p95Us = null, p99Us = null] = quantiles.map(values => {
      const value = values.get(endMs);
      return value === undefined ? null : value * schema.unitUs;
    });
    return {
      startMs: endMs - stepMs,
      callsPerSecond: rate,
      errorRate: rate ? (failures.get(endMs) ?? 0) / rate : null,
      p50Us,
      p95Us,
      p99Us,
    };
  });
}
