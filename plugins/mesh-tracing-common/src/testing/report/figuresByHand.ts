import type { JaegerSpan, JaegerTrace } from './anyJaegerTraces';

/** What common scripts on Jaeger's query API compute, straight from its JSON. */
export interface FiguresByHand {
  traceCount: number;
  spanCount: number;
  errorCount: number;
  failedTraceCount: number;
  /** By service, by `service: operation`, and by `from > to`. */
  services: Record<string, FiguresOfSpans>;
  operations: Record<string, FiguresOfSpans>;
  links: Record<string, FiguresOfSpans>;
  /** The same of what was asked of them, each request once. */
  serviceRequests: Record<string, FiguresOfSpans>;
  operationRequests: Record<string, FiguresOfSpans>;
  /** Failed spans by trace and span id. */
  errors: Record<string, ErrorByHand>;
}

export interface ErrorByHand {
  service: string;
  operation: string;
  message: string;
  status: string;
  timeMs: number;
}

export interface FiguresOfSpans {
  count: number;
  errorCount: number;
  meanUs: number;
  minUs: number;
  maxUs: number;
  p50Us: number;
  p75Us: number;
  p90Us: number;
  p95Us: number;
  p99Us: number;
}

interface Row {
  trace: JaegerTrace;
  span: JaegerSpan;
  parent: JaegerSpan | undefined;
}

const serviceOf = (trace: JaegerTrace, span: JaegerSpan) =>
  trace.processes[span.processID]?.serviceName ?? 'unknown';

const tagOf = (span: JaegerSpan, key: string) =>
  span.tags.find(tag => tag.key === key)?.value;

const failed = ({ span }: Row) =>
  tagOf(span, 'error') === true || tagOf(span, 'otel.status_code') === 'ERROR';

const serves = (span: JaegerSpan) =>
  ['server', 'consumer'].includes(String(tagOf(span, 'span.kind')));

/** The value below which the share lies, between neighbours in proportion. */
function percentile(values: number[], percent: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const rank = ((ascending.length - 1) * percent) / 100;
  const [low = 0, high = low] = ascending.slice(Math.floor(rank));
  return low * (1 - (rank % 1)) + high * (rank % 1);
}

function figuresOf(rows: Row[]): FiguresOfSpans {
  const values = rows.map(({ span }) => span.duration);
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  return {
    count: values.length,
    errorCount: rows.filter(failed).length,
    meanUs: sum / values.length,
    minUs: Math.min(...values),
    maxUs: Math.max(...values),
    p50Us: percentile(values, 50),
    p75Us: percentile(values, 75),
    p90Us: percentile(values, 90),
    p95Us: percentile(values, 95),
    p99Us: percentile(values, 99),
  };
}

function figuresBy(
  rows: Row[],
  keyOf: (row: Row) => string,
): Record<string, FiguresOfSpans> {
  const keys = [...new Set(rows.map(keyOf))];
  return Object.fromEntries(
    keys.map(key => [key, figuresOf(rows.filter(row => keyOf(row) === key))]),
  );
}

function errorOf({ trace, span }: Row): [string, ErrorByHand] {
  const status = String(tagOf(span, 'http.status_code'));
  return [
    `${trace.traceID} ${span.spanID}`,
    {
      service: serviceOf(trace, span),
      operation: span.operationName,
      message: String(tagOf(span, 'error.message') ?? `status ${status}`),
      status,
      timeMs: span.startTime / 1000,
    },
  ];
}

/** All figures, each by its own loop over the whole. */
export function figuresByHand(traces: JaegerTrace[]): FiguresByHand {
  const rows = traces.flatMap(trace =>
    trace.spans.map((span): Row => {
      const [reference] = span.references;
      const parent = trace.spans.find(
        ({ spanID }) => spanID === reference?.spanID,
      );
      return { trace, span, parent };
    }),
  );
  const requests = rows.filter(
    ({ trace, span, parent }) =>
      serves(span) &&
      !(
        parent &&
        serves(parent) &&
        serviceOf(trace, parent) === serviceOf(trace, span)
      ),
  );
  const byService = ({ trace, span }: Row) => serviceOf(trace, span);
  const byOperation = (row: Row) =>
    `${byService(row)}: ${row.span.operationName}`;
  const errors = rows.filter(failed);
  return {
    traceCount: traces.length,
    spanCount: rows.length,
    errorCount: errors.length,
    failedTraceCount: new Set(errors.map(({ trace }) => trace)).size,
    services: figuresBy(rows, byService),
    operations: figuresBy(rows, byOperation),
    serviceRequests: figuresBy(requests, byService),
    operationRequests: figuresBy(requests, byOperation),
    links: figuresBy(
      rows.filter(({ parent }) => parent),
      row =>
        `${serviceOf(row.trace, row.parent as JaegerSpan)} > ${byService(row)}`,
    ),
    errors: Object.fromEntries(errors.map(errorOf)),
  };
}
