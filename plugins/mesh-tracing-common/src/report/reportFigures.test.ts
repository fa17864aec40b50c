import fc from 'fast-check';
import { reportResponseSchema } from '../api';
import type { LatencyStatistics } from '../latency';
import { analyzeSpanTable } from '../analysis';
import {
  decodeJaegerTraces,
  readSpanTable,
  type SpanTable,
  spanTableOf,
} from '../traces';
import { collectErrors } from './reportedErrors';
import { buildTraceReport, type TraceReport } from './traceReport';
import {
  anyJaegerTraces,
  SERVICES,
  type JaegerTrace,
} from '../testing/report/anyJaegerTraces';
import {
  figuresByHand,
  type FiguresByHand,
  type FiguresOfSpans,
} from '../testing/report/figuresByHand';

const subject = { services: ['shop'], workloads: [] };
const window = {
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_010_000,
};

/** What a client gets of these traces. */
function reportOf(
  data: JaegerTrace[],
  tableOf: (body: Uint8Array) => SpanTable,
): TraceReport {
  const body = new TextEncoder().encode(JSON.stringify({ data }));
  const analysis = analyzeSpanTable(tableOf(body), {
    subject,
    ...window,
    slices: 4,
    withSpanFigures: true,
  });
  const report = buildTraceReport({
    entityRef: 'component:default/shop',
    owners: [],
    links: [],
    store: 'main',
    generatedAt: new Date(0).toISOString(),
    ...window,
    analysis,
    coverage: '',
    samplingPercent: null,
    errors: collectErrors(decodeJaegerTraces({ data }), subject),
    tracing: null,
  });
  return reportResponseSchema.parse(JSON.parse(JSON.stringify(report)));
}

function statisticsOf(row: LatencyStatistics): FiguresOfSpans {
  const { count, errorCount, meanUs, minUs, maxUs } = row;
  const { p50Us, p75Us, p90Us, p95Us, p99Us } = row;
  const values = { count, errorCount, meanUs, minUs, maxUs };
  return { ...values, p50Us, p75Us, p90Us, p95Us, p99Us };
}

/** The figures of a report under the names of those made by hand. */
function figuresOf(report: TraceReport): FiguresByHand {
  const {
    services = [],
    operations = [],
    links = [],
  } = report.spanFigures ?? {};
  const operationName = (row: { service: string; operation: string }) =>
    `${row.service}: ${row.operation}`;
  return {
    traceCount: report.traceCount,
    spanCount: report.spanCount,
    errorCount: report.errorCount,
    failedTraceCount: report.failedTraceCount,
    services: byName(services, row => row.service),
    operations: byName(operations, operationName),
    links: byName(links, row => `${row.from} > ${row.to}`),
    serviceRequests: requestsByName(services, row => row.service),
    operationRequests: requestsByName(operations, operationName),
    errors: Object.fromEntries(
      report.errors.map(error => [
        `${error.traceId} ${error.spanId}`,
        {
          service: error.service,
          operation: error.operation,
          message: error.message ?? '',
          status: error.status ?? '',
          timeMs: error.timeMs,
        },
      ]),
    ),
  };
}

function byName<T extends LatencyStatistics>(
  rows: T[],
  nameOf: (row: T) => string,
): Record<string, FiguresOfSpans> {
  return Object.fromEntries(rows.map(row => [nameOf(row), statisticsOf(row)]));
}

function requestsByName<T extends { requests: LatencyStatistics | null }>(
  rows: T[],
  nameOf: (row: T) => string,
): Record<string, FiguresOfSpans> {
  return Object.fromEntries(
    rows.flatMap(row =>
      row.requests ? [[nameOf(row), statisticsOf(row.requests)]] : [],
    ),
  );
}

/** Every figure as one line, rounded to what both ways of adding agree on. */
function linesOf(of: string, value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) =>
        linesOf(`${of}/${key}`, part),
      )
    : [`${of} ${typeof value === 'number' ? value.toPrecision(12) : value}`];
}

describe('the figures of a report', () => {
  it.each<[string, (body: Uint8Array) => SpanTable]>([
    ['scanned', body => readSpanTable(body, 'jaeger')],
    [
      'decoded',
      body =>
        spanTableOf(
          decodeJaegerTraces(JSON.parse(new TextDecoder().decode(body))),
        ),
    ],
  ])(
    'are those of an analyzer of the JSON, for every service, operation, call and error (%s)',
    (_, tableOf) => {
      fc.assert(
        fc.property(anyJaegerTraces, traces => {
          const own = figuresOf(reportOf(traces, tableOf));
          expect(linesOf('', own).sort()).toEqual(
            linesOf('', figuresByHand(traces)).sort(),
          );
        }),
        { numRuns: 60 },
      );
    },
  );

  it('have percentiles next to what analyzers take by rank alone', () => {
    fc.assert(
      fc.property(anyJaegerTraces, traces => {
        const { spanFigures } = reportOf(traces, body =>
          readSpanTable(body, 'jaeger'),
        );
        for (const { service, p50Us, p95Us } of spanFigures?.services ?? []) {
          const durations = traces
            .flatMap(trace => trace.spans)
            .filter(span => span.processID === `p${SERVICES.indexOf(service)}`)
            .map(span => span.duration)
            .sort((a, b) => a - b);
          const cuts: Array<[number, number]> = [
            [p50Us, Math.floor(durations.length / 2)],
            [p95Us, Math.floor(durations.length * 0.95)],
          ];
          for (const [own, rank] of cuts) {
            const last = durations.length - 1;
            expect(own).toBeGreaterThanOrEqual(
              durations[Math.max(0, rank - 1)] as number,
            );
            expect(own).toBeLessThanOrEqual(
              durations[Math.min(last, rank + 1)] as number,
            );
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are not computed where nobody asks for them', () => {
    const analysis = analyzeSpanTable(spanTableOf([]), {
      subject,
      ...window,
      slices: 4,
    });
    expect(analysis).not.toHaveProperty('spanFigures');
  });
});
