import fc from 'fast-check';
import { latencyStatistics } from '../latency';
import { analyzeTraces } from './analyzeTraces';
import type { Span, Trace } from '../traces';
import { anyTrace, childrenOf } from '../testing/traces/anyTrace';

const SERVICES = ['a', 'b', 'c'];

/** Traces of three services, some of whose spans failed. */
const traces = fc
  .array(fc.tuple(anyTrace, fc.nat({ max: 20 })), { maxLength: 4 })
  .map(list =>
    list.map(([trace, seed], n): Trace => {
      const spans = trace.spans.map((span, i): Span => {
        const dice = (i + 1) * (seed + 3);
        return {
          ...span,
          service: SERVICES[dice % 3] ?? '',
          operation: `GET /${dice % 2}`,
          status: dice % 5 === 0 ? 'error' : 'unset',
          attributes: {
            ...span.attributes,
            ...(dice % 3 === 0 ? { 'http.status_code': 400 + (dice % 4) } : {}),
          },
        };
      });
      return { ...trace, traceId: String(n + 1).padStart(32, '0'), spans };
    }),
  );

const request = {
  subject: { services: ['a'], workloads: [] },
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_000_001,
  slices: 4,
};

/** Server and consumer spans of `a`, the outer one where two are nested. */
function requestsOf(trace: Trace): Span[] {
  const serves = (span: Span | undefined) =>
    span?.service === 'a' && span.kind !== 'producer';
  return trace.spans.filter(
    span =>
      serves(span) &&
      !serves(trace.spans.find(({ spanId }) => spanId === span.parentSpanId)),
  );
}

function statisticsOf(spans: Span[]) {
  const failed = spans.filter(({ status }) => status === 'error');
  const failures = groupBy(failed, span =>
    String(span.attributes['http.status_code'] ?? ''),
  )
    .map(([code, group]) => ({
      protocol: code ? ('http' as const) : ('none' as const),
      code: Number(code),
      count: group.length,
    }))
    .sort((a, b) => b.count - a.count || a.code - b.code);
  return latencyStatistics(
    spans.map(({ durationUs }) => durationUs),
    failed.length,
    failures,
  );
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): [string, T[]][] {
  const keys = [...new Set(items.map(keyOf))];
  return keys.map(key => [key, items.filter(item => keyOf(item) === key)]);
}

describe('analyzeTraces', () => {
  it('equals counting by hand: latency of all, and by operation and kind', () => {
    fc.assert(
      fc.property(traces, list => {
        const requests = list.flatMap(requestsOf);
        fc.pre(requests.length > 0);
        const { latency } = analyzeTraces(list, request);
        expect(latency.overall).toEqual(statisticsOf(requests));
        const groups = groupBy(
          requests,
          span => `${span.operation} ${span.kind}`,
        );
        const found = latency.operations.map(
          ({ service, operation, kind, ...statistics }) => [
            `${operation} ${kind}`,
            statistics,
          ],
        );
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(
            groups.map(([key, spans]) => [key, statisticsOf(spans)]),
          ),
        );
        const counted = latency.series.points.map(({ count }) => count);
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
          requests.length,
        );
      }),
    );
  });

  it('equals counting by hand: calls from service to service', () => {
    fc.assert(
      fc.property(traces, list => {
        const calls = list.flatMap(trace =>
          trace.spans.flatMap(parent =>
            childrenOf(trace, parent)
              .filter(({ service }) => service !== parent.service)
              .map(child => ({ from: parent.service, child })),
          ),
        );
        const { edges } = analyzeTraces(list, request).dependencies;
        expect(
          edges.map(edge => [edge.from, edge.to, edge.p50Us]).sort(),
        ).toEqual(
          groupBy(
            calls,
            ({ from, child }) => `service:${from} service:${child.service}`,
          )
            .map(([key, group]) => [
              ...key.split(' '),
              statisticsOf(group.map(({ child }) => child))?.p50Us,
            ])
            .sort(),
        );
        expect(edges.reduce((sum, edge) => sum + edge.callCount, 0)).toBe(
          calls.length,
        );
      }),
    );
  });
});
