import { findTraceInsights } from './findTraceInsights';
import type { Span, Trace } from '../model/Trace';

function span(index: number, facts: Partial<Span> = {}): Span {
  return {
    spanId: (index + 1).toString(16).padStart(16, '0'),
    ...(index > 0 ? { parentSpanId: '1'.padStart(16, '0') } : {}),
    service: index > 0 ? 'orders' : 'web',
    operation: index > 0 ? 'GET /item' : 'GET /',
    kind: index > 0 ? 'client' : 'server',
    status: 'unset',
    offsetUs: index * 10,
    durationUs: 10,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
    ...facts,
  };
}

function trace(spans: Span[]): Trace {
  return {
    traceId: 'a'.repeat(32),
    startTimeUs: 1,
    durationUs: 10_000,
    spans,
    warnings: [],
  };
}

describe('findTraceInsights', () => {
  it('finds nothing in an ordinary trace but whom it waited for', () => {
    const insights = findTraceInsights(
      trace([span(0, { durationUs: 100 }), span(1)]),
    );
    expect(insights).toEqual({
      errorRootCauses: [],
      repeatedCalls: [],
      retries: [],
      criticalPath: [
        { service: 'web', operation: 'GET /', selfUs: 90, share: 0.9 },
        { service: 'orders', operation: 'GET /item', selfUs: 10, share: 0.1 },
      ],
      clockSkew: null,
    });
  });

  it('finds what is wrong in another, and bounds how much it tells', () => {
    const count = 500;
    const insights = findTraceInsights(
      trace([
        span(0, { durationUs: (count + 1) * 10, status: 'error' }),
        ...Array.from({ length: count }, (_, i) =>
          span(i + 1, { status: 'error', statusMessage: 'no route' }),
        ),
      ]),
    );
    expect(insights.errorRootCauses).toHaveLength(100);
    expect(insights.errorRootCauses[0]).toMatchObject({
      service: 'orders',
      message: 'no route',
      depth: 1,
    });
    expect(insights.repeatedCalls).toMatchObject([{ count, totalUs: 5_000 }]);
    expect(insights.repeatedCalls[0]?.spanIds).toHaveLength(100);
  });

  it('offers to bring clocks in line, and leaves the trace as it is', () => {
    const skewed = trace([
      span(0, { durationUs: 100, resource: { 'host.name': 'a' } }),
      span(1, { offsetUs: 500, resource: { 'host.name': 'b' } }),
    ]);
    const before = structuredClone(skewed);
    expect(findTraceInsights(skewed).clockSkew).toEqual({
      movedSpanCount: 1,
      largestShiftUs: 455,
    });
    expect(skewed).toEqual(before);
  });

  it('gives shares that are numbers for a trace that took no time', () => {
    const insights = findTraceInsights(
      trace([
        span(0, { durationUs: 0 }),
        ...Array.from({ length: 20 }, (_, i) =>
          span(i + 1, { offsetUs: i * 10 }),
        ),
      ]),
    );
    const shares = [
      ...insights.repeatedCalls.map(calls => calls.shareOfParent),
      ...insights.criticalPath.map(item => item.share),
    ];
    expect(insights.repeatedCalls).toHaveLength(1);
    expect(shares.filter(share => !Number.isFinite(share))).toEqual([]);
  });
});
