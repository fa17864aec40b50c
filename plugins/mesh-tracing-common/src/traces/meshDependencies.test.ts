import { analyzeTraces } from './analyzeTraces';
import { shop, shopRequest } from './__testUtils__/shop';
import { sketchTrace, type SpanSketch } from './__testUtils__/spans';

describe('dependencies of a mesh', () => {
  const { dependencies, latency, ...counts } = analyzeTraces(
    [shop()],
    shopRequest,
  );

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
      shopRequest,
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

  it('counts a shopRequest once, though proxy and application report it', () => {
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
      analyzeTraces(
        [sketchTrace(sketches)],
        shopRequest,
      ).dependencies.edges.map(
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
      shopRequest,
    ).dependencies;
    expect(edges.map(edge => `${edge.from}>${edge.to}`).sort()).toEqual([
      'service:A>service:B',
      'service:A>service:C',
      'service:B>service:A',
      'service:B>service:C',
    ]);
  });
});
