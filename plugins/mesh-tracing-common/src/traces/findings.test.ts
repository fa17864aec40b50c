import {
  compareLatency,
  latencyStatistics,
  sampleConfidence,
} from '../latency';
import { analyzeTraces } from './analyzeTraces';
import { correctClockSkew } from './correctClockSkew';
import { findErrorRootCauses } from './findErrorRootCauses';
import { findRepeatedCalls } from './findRepeatedCalls';
import { findRetries } from './findRetries';
import { foldProxySpans } from './foldProxySpans';
import { foldTrace } from './foldTrace';
import { limitTrace } from './limitTrace';
import type { Trace } from './model';
import { sketchTrace, spanIdOf, type SpanSketch } from './__testUtils__/spans';
import {
  buildTraceReport,
  collectErrors,
  formatTraceReport,
} from './traceReport';

const node = (pod: string) => ({
  node_id: `sidecar~10.0.0.1~${pod}.ns~ns.svc.cluster.local`,
});

function shop(): Trace {
  return sketchTrace([
    {
      id: 'gw',
      start: 0,
      duration: 100,
      service: 'gateway.ingress',
      kind: 'server',
      attributes: {
        node_id:
          'router~10.0.0.9~gw-7d9f8b6c5d-x2x2x.ingress~ingress.svc.cluster.local',
      },
    },
    {
      id: 'gw2',
      parent: 'gw',
      start: 2,
      duration: 96,
      service: 'gateway.ingress',
      kind: 'client',
      attributes: { component: 'proxy' },
    },
    {
      id: 'a-in',
      parent: 'gw2',
      start: 4,
      duration: 90,
      service: 'a.ns',
      kind: 'server',
      status: 'error',
      statusMessage: 'broken | pipe',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        'istio.canonical_service': 'a',
        'istio.canonical_revision': 'v1',
        'http.status_code': '503',
      },
    },
    { id: 'a-app', parent: 'a-in', start: 6, duration: 80, service: 'a' },
    {
      id: 'a-out',
      parent: 'a-app',
      start: 10,
      duration: 30,
      service: 'a.ns',
      kind: 'client',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        upstream_cluster: 'outbound|80||b.ns.svc.cluster.local',
      },
    },
    {
      id: 'b-in',
      parent: 'a-out',
      start: 12,
      duration: 20,
      service: 'b.ns',
      kind: 'server',
      attributes: { ...node('b-0'), 'grpc.status_code': '0' },
    },
    {
      id: 'a-ext',
      parent: 'a-app',
      start: 50,
      duration: 9,
      service: 'a.ns',
      kind: 'client',
      status: 'error',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        upstream_cluster: 'outbound|443||pay.example.com',
        response_flags: 'UF,URX',
        'http.status_code': '503',
      },
    },
  ]);
}

const subject = {
  services: ['a.ns', 'a'],
  workloads: [{ namespace: 'ns', name: 'a-v1', canonicalName: 'a' }],
};
const request = {
  subject,
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_001_000,
  slices: 2,
};

describe('dependencies of a mesh', () => {
  const { dependencies, latency, ...counts } = analyzeTraces([shop()], request);

  it('has one edge a hop, and none within a proxy or between proxy and application', () => {
    expect(
      dependencies.edges.map(edge => [
        edge.from,
        edge.to,
        edge.callCount,
        edge.errorCount,
        edge.protocol,
      ]),
    ).toEqual([
      ['workload:/ingress/gw', 'workload:/ns/a-v1', 1, 1, 'http'],
      ['workload:/ns/a-v1', 'external:pay.example.com', 1, 1, 'http'],
      ['workload:/ns/a-v1', 'workload:/ns/b', 1, 0, 'grpc'],
    ]);
  });

  it('knows where a call went that failed before it arrived', () => {
    const trace = shop();
    const call = trace.spans.find(span => span.attributes.response_flags);
    const failedCall = (spanId: string, host: string) => ({
      ...call!,
      spanId,
      attributes: {
        ...call!.attributes,
        upstream_cluster: `outbound|80||${host}`,
      },
    });
    const spans = [
      ...trace.spans,
      failedCall('00000000000000f1', 'b.ns.svc.cluster.local'),
      failedCall('00000000000000f2', 'gone.ns.svc.cluster.local'),
    ];
    const { edges } = analyzeTraces(
      [{ ...trace, spans }],
      request,
    ).dependencies;
    expect(
      edges
        .filter(edge => edge.from === 'workload:/ns/a-v1')
        .map(edge => [edge.to, edge.callCount, edge.errorCount]),
    ).toEqual([
      ['workload:/ns/b', 2, 1],
      ['external:pay.example.com', 1, 1],
      ['service:gone.ns', 1, 1],
    ]);
  });

  it('counts a request once, though proxy and application report it', () => {
    expect(latency.overall).toMatchObject({
      count: 1,
      errorCount: 1,
      p50Us: 90,
    });
    expect(latency.versions).toMatchObject([{ version: 'v1', count: 1 }]);
    expect(latency.peers.map(peer => [peer.direction, peer.peer])).toEqual([
      ['inbound', 'gateway.ingress'],
      ['outbound', 'b.ns'],
      ['outbound', 'pay.example.com'],
    ]);
    expect(latency.series.points.map(point => point.count)).toEqual([1, 0]);
  });

  it('tells who decided about sampling', () => {
    expect(counts).toMatchObject({
      traceCount: 1,
      subjectTraceCount: 1,
      rootedTraceCount: 0,
    });
  });

  it('counts each call of a service, and none of a caller that is missing', () => {
    const serve = (id: string, service: string, parentId?: string) => ({
      id,
      ...(parentId ? { parent: parentId } : {}),
      service,
      kind: 'server' as const,
      start: 0,
      duration: 1,
    });
    const callers = [
      serve('y', 'y', 'z'),
      serve('x1', 'x', 'y'),
      serve('x2', 'x', 'y'),
    ];
    const edgesOf = (sketches: SpanSketch[]) =>
      analyzeTraces([sketchTrace(sketches)], request).dependencies.edges.map(
        ({ from, to, callCount }) => `${from}>${to} ${callCount}`,
      );
    expect(edgesOf(callers)).toEqual(['service:y>service:x 2']);
    expect(edgesOf([...callers, serve('z', 'z')])).toEqual([
      'service:y>service:x 2',
      'service:z>service:y 1',
    ]);
  });

  it('keeps both edges of a cycle of calls, and edges not of the focus', () => {
    const call = (
      id: string,
      parent: string | undefined,
      service: string,
      start: number,
    ): SpanSketch => ({
      id,
      ...(parent ? { parent } : {}),
      service,
      kind: 'server',
      start,
      duration: 1,
    });
    const { edges } = analyzeTraces(
      [
        sketchTrace([
          call('1', undefined, 'A', 0),
          call('2', '1', 'B', 1),
          call('3', '2', 'A', 2),
          call('4', '3', 'C', 3),
          call('5', '2', 'C', 4),
        ]),
      ],
      request,
    ).dependencies;
    expect(edges.map(edge => `${edge.from}>${edge.to}`).sort()).toEqual([
      'service:A>service:B',
      'service:A>service:C',
      'service:B>service:A',
      'service:B>service:C',
    ]);
  });
});

describe('findErrorRootCauses', () => {
  it('names the deepest error without a failed child', () => {
    expect(findErrorRootCauses(shop())).toEqual([
      {
        spanId: spanIdOf('a-ext'),
        service: 'a.ns',
        operation: 'a-ext',
        depth: 4,
        message: 'status 503',
        responseFlags: 'UF,URX',
        offsetUs: 50,
      },
      expect.objectContaining({ spanId: spanIdOf('a-in') }),
    ]);
  });

  it('does not blame a span whose child failed', () => {
    const trace = sketchTrace([
      { id: 'p', start: 0, duration: 9, status: 'error' },
      { id: 'c', parent: 'p', start: 1, duration: 1, status: 'error' },
    ]);
    expect(findErrorRootCauses(trace).map(cause => cause.operation)).toEqual([
      'c',
    ]);
  });
});

describe('findRepeatedCalls', () => {
  const queries = (count: number, step: number): SpanSketch[] => [
    { id: 'p', start: 0, duration: 200 },
    ...Array.from({ length: count }, (_, i) => ({
      id: `q${i}`,
      parent: 'p',
      operation: 'SELECT',
      start: i * step,
      duration: 5,
    })),
  ];

  it('finds more than ten similar calls in a row', () => {
    expect(findRepeatedCalls(sketchTrace(queries(11, 6)))).toMatchObject([
      { operation: 'SELECT', count: 11, totalUs: 55, shareOfParent: 55 / 200 },
    ]);
  });

  it.each<[string, number, number]>([
    ['ten calls', 10, 6],
    ['calls side by side', 20, 1],
  ])('does not suspect %s', (_, count, step) => {
    expect(findRepeatedCalls(sketchTrace(queries(count, step)))).toEqual([]);
  });
});

describe('findRetries', () => {
  it('sees the retry limit in the response flags', () => {
    expect(findRetries(shop())).toEqual([
      expect.objectContaining({
        spanId: spanIdOf('a-ext'),
        peer: 'pay.example.com',
        failed: true,
        limitReached: true,
      }),
    ]);
  });

  it('counts attempts by spans and by header', () => {
    const attempt = (
      id: string,
      start: number,
      count?: string,
    ): SpanSketch => ({
      id,
      parent: 'c',
      kind: 'server',
      start,
      duration: 2,
      attributes: count ? { 'x-envoy-attempt-count': count } : {},
    });
    const call: SpanSketch = { id: 'c', start: 0, duration: 9, kind: 'client' };
    const attempts = (spans: SpanSketch[]) =>
      findRetries(sketchTrace([call, ...spans])).map(retry => retry.attempts);
    expect(attempts([attempt('1', 1), attempt('2', 4)])).toEqual([2]);
    expect(attempts([attempt('1', 1, '3')])).toEqual([3]);
    expect(attempts([attempt('1', 1, '1')])).toEqual([]);
  });
});

describe('foldProxySpans', () => {
  it('pairs the spans of two proxies, not those of one', () => {
    expect(foldProxySpans(shop())).toEqual([
      {
        clientSpanId: spanIdOf('gw2'),
        serverSpanId: spanIdOf('a-in'),
        networkUs: 6,
      },
      {
        clientSpanId: spanIdOf('a-out'),
        serverSpanId: spanIdOf('b-in'),
        networkUs: 10,
      },
    ]);
  });
});

describe('foldTrace', () => {
  it('leaves a row for each hop, and hangs what is below onto it', () => {
    const trace = shop();
    const before = JSON.stringify(trace);
    const folded = foldTrace(trace, foldProxySpans(trace));

    const idsBefore = trace.spans.map(span => span.spanId);
    expect(folded.spans.map(span => span.spanId)).toEqual(
      idsBefore.filter(
        id => id !== spanIdOf('a-in') && id !== spanIdOf('b-in'),
      ),
    );
    const parents = new Map(
      folded.spans.map(span => [span.spanId, span.parentSpanId]),
    );
    expect(parents.get(spanIdOf('a-app'))).toBe(spanIdOf('gw2'));
    expect(JSON.stringify(trace)).toBe(before);
  });

  it('hides no failure that only the called side saw', () => {
    const trace = shop();
    for (const span of trace.spans) {
      if (span.spanId === spanIdOf('b-in')) {
        span.status = 'error';
      }
      if (span.spanId === spanIdOf('a-out')) {
        span.status = 'unset';
      }
    }
    const { spans } = foldTrace(trace, foldProxySpans(trace));
    expect(spans.find(({ spanId }) => spanId === spanIdOf('a-out'))).toEqual(
      expect.objectContaining({ status: 'error' }),
    );
    expect(trace.spans.map(({ status }) => status)).toContain('unset');
  });
});

describe('correctClockSkew', () => {
  const host = (name: string) => ({ 'host.name': name });
  const parent: SpanSketch = {
    id: 'p',
    start: 10,
    duration: 100,
    resource: host('a'),
  };

  it.each<[string, number, number, number]>([
    ['inside', 20, 50, 20],
    ['before', 0, 50, 35],
    ['longer', 0, 150, 10],
    ['longer, from within', 50, 150, 50],
    ['after', 80, 50, 35],
  ])(
    'moves a child of another host that is %s',
    (_, start, duration, expected) => {
      const child = {
        id: 'c',
        parent: 'p',
        start,
        duration,
        resource: host('b'),
      };
      const trace = sketchTrace([parent, child]);
      const corrected = correctClockSkew(trace)?.trace ?? trace;
      const moved = corrected.spans.find(span => span.operation === 'c');
      expect(moved?.offsetUs).toBe(expected);
      expect(trace.spans[1]?.offsetUs).toBe(start);
    },
  );

  it.each([
    [
      { 'host.id': 'x', 'host.ip': '1' },
      { 'host.id': 'x', 'host.ip': '2' },
    ],
    [{ 'host.ip': ['1', '2'] }, { 'host.ip': '1', 'host.name': 'other' }],
    [{ 'host.name': 'x' }, { 'host.name': 'x' }],
  ])(
    'knows a host by its id, else its first address, else its name',
    (a, b) => {
      const trace = sketchTrace([
        { ...parent, resource: a },
        { id: 'c', parent: 'p', start: 0, duration: 50, resource: b },
      ]);
      expect(correctClockSkew(trace)).toBeUndefined();
    },
  );

  it('moves events with their span', () => {
    const trace = sketchTrace([
      parent,
      {
        id: 'c',
        parent: 'p',
        start: 0,
        duration: 50,
        resource: host('b'),
        events: [{ offsetUs: 5, name: 'e', attributes: {} }],
      },
    ]);
    const corrected = correctClockSkew(trace)?.trace.spans[1];
    expect(corrected?.events[0]?.offsetUs).toBe(40);
  });

  it('moves what follows on that host along, and never a child of the same host', () => {
    const trace = sketchTrace([
      parent,
      { id: 'c', parent: 'p', start: 50, duration: 70, resource: host('b') },
      { id: 'd', parent: 'c', start: 60, duration: 20, resource: host('b') },
      { id: 'e', parent: 'p', start: 0, duration: 5, resource: host('a') },
    ]);
    const offsets = correctClockSkew(trace)?.trace.spans.map(
      span => `${span.operation} ${span.offsetUs}`,
    );
    expect(offsets).toEqual(['e 0', 'p 10', 'c 25', 'd 35']);
  });
});

describe('limitTrace', () => {
  it('caps texts, attributes and events, and says so', () => {
    const trace = sketchTrace([
      {
        id: 's',
        start: 0,
        duration: 1,
        attributes: { long: 'x'.repeat(100), ok: 'y', n: 1 },
        events: Array.from({ length: 5 }, () => ({
          offsetUs: 0,
          name: 'e',
          attributes: {},
        })),
      },
    ]);
    const [span] = limitTrace(trace, {
      textLength: 10,
      attributesPerSpan: 2,
      eventsPerSpan: 3,
      linksPerSpan: 1,
    }).spans;
    expect(span?.attributes).toEqual({
      long: 'xxxxxxxxxx… (100 characters)',
      ok: 'y',
    });
    expect(span?.events).toHaveLength(3);
    expect(span?.warnings[0]).toMatch(/5 events, 3 attributes/);
  });
});

describe('sampleConfidence', () => {
  it('does not sell 3 errors of 12 as 25 %', () => {
    const confidence = sampleConfidence(12, 3, 1);
    expect(confidence.errorRate).toBe(0.25);
    expect(confidence.errorRateLow).toBeCloseTo(0.0889, 3);
    expect(confidence.errorRateHigh).toBeCloseTo(0.5323, 3);
    expect(confidence.supportsP99).toBe(false);
    expect(confidence.statement).toBe(
      '3 errors in 12 sampled requests (1 % are sampled): of all requests, between 8.9 % and 53.2 % fail (95 % confidence).',
    );
  });

  it('does not round a small share to nothing', () => {
    expect(sampleConfidence(10_000, 40, 100).statement).toMatch(
      /0\.29 % and 0\.54 %/,
    );
  });

  it('says nothing without a request', () => {
    expect(sampleConfidence(0, 0, null)).toMatchObject({ errorRate: null });
  });
});

describe('compareLatency', () => {
  const requests = (count: number, durationUs: number, errors = 0) => {
    const statistics = latencyStatistics(
      Array.from({ length: count }, (_, i) => durationUs + (i % 5)),
      errors,
    );
    if (!statistics) {
      throw new Error('No requests');
    }
    return statistics;
  };

  it.each([
    [requests(50, 1000), requests(50, 1500), 'slower'],
    [requests(50, 1000), requests(50, 500), 'faster'],
    [requests(50, 1000), requests(50, 1010), 'similar'],
    [requests(200, 1000, 2), requests(200, 1000, 40), 'more errors'],
    [requests(200, 1000, 40), requests(200, 1500, 2), 'fewer errors'],
    [requests(5, 1000), requests(50, 9000), 'too few requests'],
  ])('judges', (before, after, verdict) => {
    expect(compareLatency(before, after).verdict).toBe(verdict);
  });
});

describe('the report', () => {
  const report = buildTraceReport({
    entityRef: 'component:default/a',
    store: 'main',
    startTimeMs: request.startTimeMs,
    endTimeMs: request.endTimeMs,
    analysis: analyzeTraces([shop()], request),
    coverage: 'All traces of the window.',
    samplingPercent: 100,
    errors: collectErrors([shop()], subject),
  });

  it('lists failed spans of the subject with message, status and time', () => {
    expect(report.errors).toHaveLength(2);
    expect(report.errors[1]).toMatchObject({
      message: 'broken | pipe',
      status: '503',
      timeMs: 1_700_000_000_000.004,
    });
  });

  it('is Markdown that texts from traces cannot break', () => {
    const markdown = formatTraceReport(report);
    expect(markdown).toContain('broken \\| pipe');
    expect(markdown).toContain('| a.ns | b.ns | grpc | 1 | 0 | 0.02 | 0.02 |');
    expect(markdown).toContain('| a.ns | a-in | 1 | 1 | 0.09 |');
  });
});
